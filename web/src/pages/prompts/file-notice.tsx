import { Alert, Button, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { FileDiff, FileWarning } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { contentText } from './content-text.ts';
import { emptyContent } from './draft.ts';
import classes from './draft-notices.module.css';
import type { PromptVersion } from './prompt-version.ts';
import { useContentWords } from './use-content-words.ts';

type Props = { project: string; prompt: string; newest: PromptVersion | undefined; onSaved: (version: number) => void };

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }));
/** How often the file is looked at, where the server looks at a folder. */
const LOOK_MS = 5_000;

/** Offers the prompt's file as the next version when someone edited it; nothing is overwritten. */
export function FileNotice({ project, prompt, newest, onSaved }: Props) {
  const { t } = useTranslation('prompts');
  const words = useContentWords();
  const [author] = useAuthor();
  const [shown, { toggle }] = useDisclosure();
  const unified = useMediaQuery('(max-width: 1500px)', undefined, { getInitialValueInEffect: false });
  const params = { project, prompt };
  const { data } = useApi(
    'GET /api/projects/:project/prompts/:prompt/file',
    { params },
    { refetchInterval: (read) => (read?.watched ? LOOK_MS : false) },
  );
  const mutation = useApiMutation('POST /api/projects/:project/prompts/:prompt/file');
  if (data === undefined || (data.file === null && data.problem === null)) return null;
  const { file } = data;
  if (file === null) {
    return (
      <Alert mb="md" color="red" variant="light" icon={<FileWarning size={18} />} title={t('file.unreadable')}>
        <Text size="sm">{data.problem}</Text>
      </Alert>
    );
  }
  const next = (newest?.number ?? 0) + 1;
  const name = file.path.split(/[\\/]/).at(-1);
  const save = () =>
    mutation.mutate({ params, body: { hash: file.hash, author } }, { onSuccess: ({ version }) => onSaved(version) });
  return (
    <Alert
      mb="md"
      role="status"
      color="blue"
      variant="light"
      icon={<FileDiff size={18} />}
      title={t('file.changed', { name, next })}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {file.state === 'conflict' ? t('file.conflict', { path: file.path }) : t('file.text', { path: file.path })}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={toggle}>
          {shown ? t('draft.hideDiff') : t('draft.showDiff')}
        </Button>
        <Button size="compact-sm" loading={mutation.isPending} onClick={save}>
          {t('file.save', { next })}
        </Button>
      </Group>
      {mutation.error !== null && <ErrorAlert error={mutation.error} />}
      {shown && (
        <Suspense fallback={<Skeleton height={200} mt="xs" />}>
          <div className={classes.diff}>
            <DiffView
              from={{
                label: t('version', { number: newest?.number ?? 0 }),
                text: contentText(newest?.content ?? emptyContent, words),
              }}
              to={{ label: name ?? '', text: contentText(file.content, words) }}
              unified={unified ?? true}
              folded={t('diff.folded')}
            />
          </div>
        </Suspense>
      )}
    </Alert>
  );
}
