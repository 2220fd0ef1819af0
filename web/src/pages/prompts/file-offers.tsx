import { Alert, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { FileDiff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { AnchorLink } from '../../components/link.tsx';
import { FileOffer } from './file-offer.tsx';

type Props = { project: string; prompts: readonly { slug: string; name: string }[] };

/** How often the folder is looked at, where the server looks at one. */
const LOOK_MS = 5_000;

/** Prompts that are only files yet, each to be looked at and saved; and which of those that are there have a file to look at. */
export function FileOffers({ project, prompts }: Props) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate();
  const { data } = useApi(
    'GET /api/projects/:project/prompt-files',
    { params: { project } },
    { refetchInterval: (read) => (read?.watched ? LOOK_MS : false) },
  );
  const files = data?.files ?? [];
  const known = prompts.filter(({ slug }) => files.some(({ prompt }) => prompt === slug));
  const others = files.filter(({ prompt }) => prompts.every(({ slug }) => slug !== prompt));
  return (
    <>
      {known.length > 0 && (
        <Alert mb="md" role="status" color="blue" variant="light" icon={<FileDiff size={18} />} title={t('file.some')}>
          <Group gap="md">
            <Text size="sm">{t('file.someText')}</Text>
            {known.map(({ slug: prompt, name }) => (
              <AnchorLink key={prompt} to="/projects/$project/prompts/$prompt" params={{ project, prompt }} size="sm">
                {name}
              </AnchorLink>
            ))}
          </Group>
        </Alert>
      )}
      {others.map(({ prompt, ...offer }) => (
        <FileOffer
          key={prompt}
          project={project}
          prompt={prompt}
          offer={offer}
          newest={undefined}
          onSaved={() => navigate({ to: '/projects/$project/prompts/$prompt', params: { project, prompt } })}
        />
      ))}
    </>
  );
}
