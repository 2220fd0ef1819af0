import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Send, Stamp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
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
      <NoteField label={t('approve.note')} note={note} onNote={setNote} />
      <OverrideFields unmet={unmet} {...overrides} />
      <AuthorField label={t('approve.by')} required w={280} />
      {approve.error !== null && <ErrorAlert error={approve.error} />}
      <Group>
        <Button type="submit" loading={approve.isPending} leftSection={<Stamp size={16} aria-hidden />}>
          {t('approve.action', { prompt: candidate.prompt, version: candidate.version })}
        </Button>
      </Group>
    </Stack>
  );
}

function Ask({ project, candidate }: Props) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const ask = useApiMutation('POST /api/projects/:project/release-requests');
  const [author] = useAuthor();
  const [note, setNote] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(
      { params: { project }, body: { ...candidate, note: note.trim(), author } },
      { onSuccess: ({ id }) => navigate({ search: { request: id }, resetScroll: false }) },
    );
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit} maw={820}>
      <NoteField label={t('ask.note')} note={note} onNote={setNote} />
      <Text size="sm" c="dimmed">
        {t('ask.help')}
      </Text>
      {ask.error !== null && <ErrorAlert error={ask.error} />}
      <Group>
        <Button type="submit" loading={ask.isPending} leftSection={<Send size={16} aria-hidden />}>
          {t('ask.action', { prompt: candidate.prompt, version: candidate.version })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Why, for those who read it later. */
export function NoteField({ label, note, onNote }: { label: string; note: string; onNote: (note: string) => void }) {
  const { t } = useTranslation('releases');
  return (
    <Textarea
      label={label}
      description={t('approve.noteHelp')}
      autosize
      minRows={2}
      maxLength={5000}
      required
      value={note}
      onChange={(event) => onNote(event.currentTarget.value)}
    />
  );
}
