import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { NewNamed } from '../../components/new-named.tsx';

/** Makes a prompt and goes on to write its first version. */
export function NewPrompt({ project }: { project: string }) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate();
  const create = useApiMutation('POST /api/projects/:project/prompts');
  const texts = { action: t('new.action'), name: t('new.name'), nameHelp: t('new.nameHelp'), create: t('new.create') };
  const write = (prompt: string) =>
    navigate({ to: '/projects/$project/prompts/$prompt/edit', params: { project, prompt } });
  return (
    <NewNamed
      texts={texts}
      creation={create}
      onCreate={(name) =>
        create.mutate({ params: { project }, body: { name } }, { onSuccess: ({ slug }) => write(slug) })
      }
    />
  );
}
