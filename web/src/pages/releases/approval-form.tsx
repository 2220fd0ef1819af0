import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Send, Stamp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { RoleHint } from '../../components/role-hint.tsx';
import { usePeople } from '../../components/use-people.ts';
import { OverrideFields, useOverrides } from './override-fields.tsx';
import { type Candidate, type Evidence, unmetOf } from './release.ts';

type Props = { project: string; candidate: Candidate; evidence: Evidence };

/** A person's word for a version: who works alone approves it here, others ask for it, and somebody else approves. */
export function ApprovalForm(props: Props) {
  const { people, me } = usePeople();
  const alone = people.length < 2 && (people.length === 0 || me?.role === 'approver');
  return alone ? <ApproveAlone {...props} /> : <Ask {...props} />;
}

function ApproveAlone({ project, candidate, evidence }: Props) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const approve = useApiMutation('POST /api/projects/:project/releases');
  const [author] = useAuthor();
  const [note, setNote] = useState('');
  const unmet = unmetOf(evidence);
  const overrides = useOverrides(unmet);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { ...candidate, note: note.trim(), author: author.trim(), overrides: overrides.given };
    approve.mutate(
      { params: { project }, body },
      { onSuccess: ({ id }) => navigate({ search: { point: id }, resetScroll: false }) },
    );
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit} maw={820}>
      <NoteField label={t('approve.note')} help={t('approve.noteHelp')} note={note} onNote={setNote} />
      <OverrideFields unmet={unmet} {...overrides} />
      <AuthorField needs="approver" label={t('approve.by')} required w={280} />
      {approve.error !== null && <ErrorAlert error={approve.error} />}
      <Group>
        <Button type="submit" loading={approve.isPending} leftSection={<Stamp size={16} aria-hidden />}>
          {t('approve.action', { prompt: candidate.prompt, version: candidate.version })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Asks for a version once: where that was done, what was asked leads on. */
function Ask({ project, candidate }: Props) {
  const { t } = useTranslation('releases');
  // Kept here: once it is asked, the form that did it is gone before it could lead on.
  const ask = useApiMutation('POST /api/projects/:project/release-requests');
  const { data } = useApi('GET /api/projects/:project/release-requests', { params: { project } });
  const { prompt, version, model } = candidate;
  const open = data?.requests.find(
    (one) => one.state === 'open' && one.prompt === prompt && one.version === version && one.model === model,
  );
  if (open === undefined) return <AskForm project={project} candidate={candidate} ask={ask} />;
  return (
    <Text role="status">
      {t('ask.asked', { id: open.id })}{' '}
      <AnchorLink
        from="/projects/$project/releases"
        to="."
        search={(before) => ({ ...before, request: open.id })}
        resetScroll={false}
        inherit
        underline="always"
      >
        {t('ask.open', { id: open.id })}
      </AnchorLink>
    </Text>
  );
}

type AskProps = Pick<Props, 'project' | 'candidate'> & {
  ask: ReturnType<typeof useApiMutation<'POST /api/projects/:project/release-requests'>>;
};

function AskForm({ project, candidate, ask }: AskProps) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const [author] = useAuthor();
  const [note, setNote] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { ...candidate, note: note.trim(), author };
    // The form goes as soon as the page has read the request: `mutate` would tell it nothing then. A refusal stands below.
    void ask.mutateAsync({ params: { project }, body }).then(
      ({ id }) => navigate({ search: { request: id }, resetScroll: false }),
      () => undefined,
    );
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit} maw={820}>
      <NoteField label={t('ask.note')} help={t('approve.noteHelp')} note={note} onNote={setNote} />
      <Text size="sm" c="dimmed">
        {t('ask.help')}
      </Text>
      <RoleHint />
      {ask.error !== null && <ErrorAlert error={ask.error} />}
      <Group>
        <Button type="submit" loading={ask.isPending} leftSection={<Send size={16} aria-hidden />}>
          {t('ask.action', { prompt: candidate.prompt, version: candidate.version })}
        </Button>
      </Group>
    </Stack>
  );
}

type NoteProps = { label: string; help: string; note: string; onNote: (note: string) => void };

/** Why, for those who read it later. */
export function NoteField({ label, help, note, onNote }: NoteProps) {
  return (
    <Textarea
      label={label}
      description={help}
      autosize
      minRows={2}
      maxLength={5000}
      required
      value={note}
      onChange={(event) => onNote(event.currentTarget.value)}
    />
  );
}
