import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { NewNamed } from '../../components/new-named.tsx';

/** Makes a project and goes to its scope, where the work begins. */
export function NewProject() {
  const { t } = useTranslation('projects');
  const navigate = useNavigate();
  const create = useApiMutation('POST /api/projects');
  const texts = { action: t('new.action'), name: t('new.name'), nameHelp: t('new.nameHelp'), create: t('new.create') };
  return (
    <NewNamed
      texts={texts}
      creation={create}
      onCreate={(name) =>
        create.mutate(
          { body: { name } },
          { onSuccess: ({ slug }) => navigate({ to: '/projects/$project/scope', params: { project: slug } }) },
        )
      }
    />
  );
}
