import { Alert, Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { CircleCheck, Equal, GitCompare, LayoutGrid, Play, Save } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { AuthorField } from '../../components/author-field.tsx';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { DraftProblem } from './draft.ts';
import { versionReference } from './playground-plan.ts';
import classes from './save-panel.module.css';

/** What became of saving: a new version, or one that says the same already. */
export type Saved = { number: number; created: boolean; from: number | null };

type Props = {
  note: string;
  onNote: (note: string) => void;
  onSave: () => void;
  pending: boolean;
  changed: boolean;
  /** Whether this browser keeps what is not saved. */
  kept: boolean;
  /** Whether there is no version yet. */
  isFirst: boolean;
  /** Why it was not sent at all, once saving was asked for. */
  problem: DraftProblem | null;
  error: ApiError | null;
};

/** The note and the name that a version is saved with. */
export function SavePanel({ note, onNote, onSave, pending, changed, kept, isFirst, problem, error }: Props) {
  const { t } = useTranslation('prompts');
  return (
    <Paper
      component="form"
      className={classes.root}
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        onSave();
      }}
    >
      <div className={classes.fields}>
        <TextInput
          label={t('save.note')}
          placeholder={t('save.notePlaceholder')}
          maxLength={2000}
          value={note}
          onChange={(event) => onNote(event.currentTarget.value)}
        />
        <AuthorField />
        <Button type="submit" loading={pending} leftSection={<Save size={16} aria-hidden />}>
          {t('save.action')}
        </Button>
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {t(changed && kept ? 'save.changed' : changed ? 'save.notKept' : isFirst ? 'save.nothing' : 'save.unchanged')}{' '}
        <KeyboardHint keys="mod+S" />
      </Text>
      {problem !== null && (
        <Text size="sm" c="var(--w-fail)" role="alert" mt={4}>
          {t(`save.problem.${problem}`)}
        </Text>
      )}
      {error !== null && <ErrorAlert error={error} />}
    </Paper>
  );
}

/** Says what was saved and offers what comes next: running it. */
export function SavedNotice({ project, prompt, saved }: { project: string; prompt: string; saved: Saved }) {
  const { t } = useTranslation('prompts');
  const { number, created, from } = saved;
  const params = { project, prompt };
  const Icon = created ? CircleCheck : Equal;
  return (
    <Alert
      role="status"
      mb="md"
      color={created ? 'green' : 'gray'}
      variant="light"
      icon={<Icon size={18} />}
      title={t(created ? 'saved.new' : 'saved.equal', { number })}
    >
      <Text size="sm">{t(created ? 'saved.newText' : 'saved.equalText', { number })}</Text>
      <Group gap="xs" mt="xs">
        <ButtonLink
          size="compact-sm"
          to="/projects/$project/runs/new"
          params={{ project }}
          search={{ prompt, version: number }}
          leftSection={<Play size={14} aria-hidden />}
        >
          {t('saved.run', { number })}
        </ButtonLink>
        <ButtonLink
          size="compact-sm"
          variant="default"
          to="/projects/$project/playground"
          params={{ project }}
          search={{ versions: [versionReference(prompt, number)] }}
          leftSection={<LayoutGrid size={14} aria-hidden />}
        >
          {t('saved.playground')}
        </ButtonLink>
        {from !== null && from !== number && (
          <ButtonLink
            size="compact-sm"
            variant="default"
            to="/projects/$project/prompts/$prompt/diff"
            params={params}
            search={{ from, to: number }}
            leftSection={<GitCompare size={14} aria-hidden />}
          >
            {t('saved.diff', { from })}
          </ButtonLink>
        )}
        <AnchorLink to="/projects/$project/prompts/$prompt" params={params} search={{ version: number }} size="sm">
          {t('saved.history')}
        </AnchorLink>
      </Group>
    </Alert>
  );
}
