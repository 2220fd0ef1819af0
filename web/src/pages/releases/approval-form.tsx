import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Stamp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { type Candidate, type Evidence, unmetOf } from './release.ts';

type Props = { project: string; candidate: Candidate; evidence: Evidence };

/** A person's word for a version: why, who, and where something is unmet that they accept exactly that. */
export function ApprovalForm({ project, candidate, evidence }: Props) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const approve = useApiMutation('POST /api/projects/:project/releases');
  const [approvedBy] = useAuthor();
  const [note, setNote] = useState('');
  const [accepted, setAccepted] = useState<string | null>(null);
  const unmet = unmetOf(evidence)
    .map(({ name, state }) => t('criterionIs', { name: t(`criterion.${name}.name`), state: t(`although.${state}`) }))
    .join(t('listComma'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { ...candidate, note: note.trim(), approvedBy: approvedBy.trim(), acceptUnmet: unmet !== '' };
    approve.mutate(
      { params: { project }, body },
      { onSuccess: ({ id }) => navigate({ search: { point: id }, resetScroll: false }) },
    );
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit} maw={820}>
      <Textarea
        label={t('approve.note')}
        description={t('approve.noteHelp')}
        autosize
        minRows={2}
        maxLength={2000}
        required
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <AuthorField label={t('approve.by')} required w={280} />
      {unmet !== '' && (
        <Checkbox
          label={t('approve.although', { unmet })}
          description={t('approve.althoughHelp')}
          required
          // What was accepted is what is named: where that changes it must be accepted anew.
          checked={accepted === unmet}
          onChange={(event) => setAccepted(event.currentTarget.checked ? unmet : null)}
        />
      )}
      {approve.error !== null && <ErrorAlert error={approve.error} />}
      <Group>
        <Button type="submit" loading={approve.isPending} leftSection={<Stamp size={16} aria-hidden />}>
          {t('approve.action', { prompt: candidate.prompt, version: candidate.version })}
        </Button>
      </Group>
    </Stack>
  );
}
