import { Alert, Button, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { FileDiff, FileWarning } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { ProblemList } from '../../components/problem-list.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { contentText } from './content-text.ts';
import classes from './draft-notices.module.css';
import type { PromptVersion } from './prompt-version.ts';
import { useContentWords } from './use-content-words.ts';

type Offer = Answer<'GET /api/projects/:project/prompt-files'>['files'][number];
type OfferedFile = NonNullable<Offer['file']>;

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }));

type Props = {
  project: string;
  prompt: string;
  offer: Pick<Offer, 'file' | 'problem'>;
  newest: PromptVersion | undefined;
  onSaved: (version: number) => void;
};

/** Offers a file as the next version of its prompt, or says why it can't be read; nothing is overwritten. */
export function FileOffer({ offer: { file, problem }, ...rest }: Props) {
  if (file !== null) return <Changed file={file} {...rest} />;
  return problem === null ? null : <Unreadable prompt={rest.prompt} problem={problem} />;
}

function Unreadable({ prompt, problem }: { prompt: string; problem: NonNullable<Offer['problem']> }) {
  const { t } = useTranslation('prompts');
  const errorText = useErrorText();
  const name = `${prompt}.prompt.yml`;
  return (
    <Alert mb="md" color="red" variant="light" icon={<FileWarning size={18} />} title={t('file.unreadable', { name })}>
      {problem.problems.length > 0 ? (
        <ProblemList problems={problem.problems} />
      ) : (
        <Text size="sm">{errorText(problem)}</Text>
      )}
    </Alert>
  );
}

type ChangedProps = Omit<Props, 'offer'> & { file: OfferedFile };

function Changed({ project, prompt, file, newest, onSaved }: ChangedProps) {
  const { t } = useTranslation('prompts');
  const [author] = useAuthor();
  const [shown, { toggle }] = useDisclosure();
  const params = { project, prompt };
  const mutation = useApiMutation('POST /api/projects/:project/prompts/:prompt/file');
  const { state, path, hash } = file;
  const next = (newest?.number ?? 0) + 1;
  const name = path.split(/[\\/]/).at(-1);
  const save = () =>
    mutation.mutate({ params, body: { hash, author } }, { onSuccess: ({ version }) => onSaved(version) });
  const isNew = state === 'only_file';
  return (
    <Alert
      mb="md"
      role="status"
      color="blue"
      variant="light"
      icon={<FileDiff size={18} />}
      title={isNew ? t('file.new', { name, prompt }) : t('file.changed', { name, next })}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t(`file.${state}`, { path })}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={toggle}>
          {t(isNew ? `file.${shown ? 'hide' : 'show'}` : `draft.${shown ? 'hideDiff' : 'showDiff'}`)}
        </Button>
        <Button size="compact-sm" loading={mutation.isPending} onClick={save}>
          {t('file.save', { next })}
        </Button>
      </Group>
      {mutation.error !== null && <ErrorAlert error={mutation.error} />}
      {shown && <Difference newest={newest} file={file} name={name ?? ''} />}
    </Alert>
  );
}

function Difference({ newest, file, name }: Pick<ChangedProps, 'newest' | 'file'> & { name: string }) {
  const { t } = useTranslation('prompts');
  const words = useContentWords();
  const unified = useMediaQuery('(max-width: 1500px)', undefined, { getInitialValueInEffect: false });
  return (
    <Suspense fallback={<Skeleton height={200} mt="xs" />}>
      <div className={classes.diff}>
        <DiffView
          from={{
            label: newest === undefined ? t('noVersion') : t('version', { number: newest.number }),
            text: newest === undefined ? '' : contentText(newest.content, words),
          }}
          to={{ label: name, text: contentText(file.content, words) }}
          unified={unified ?? true}
          folded={t('diff.folded')}
        />
      </div>
    </Suspense>
  );
}
