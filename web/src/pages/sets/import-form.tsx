import { Autocomplete, Button, Group, Loader, NumberInput, Stack, Text } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { AuthorField } from '../../components/author-field.tsx';
import { FileField } from './file-field.tsx';
import { ImportFindings } from './import-findings.tsx';
import { ImportMapping } from './import-mapping.tsx';
import { ImportProblems, ProblemTable } from './import-problems.tsx';
import { ImportReading } from './import-reading.tsx';
import type { Importing } from './use-import.ts';

/** `holdout` in percent. */
export type ImportDraft = { set: string; holdout: number };
type Props = {
  sets: Answer<'GET /api/projects/:project/sets'>['sets'];
  importing: Importing;
  onFile: (file: File) => void;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
};

/** What is imported, how it is read and what its fields mean, what is worth a look in it, and into which set it goes. */
export function ImportForm({ sets, importing, onFile, draft, onDraft }: Props) {
  const { t } = useTranslation('setImport');
  const { name, sent, preview, reading, error, pending, send, forget } = importing;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ set: draft.set, holdout: draft.holdout / 100 });
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <FileField name={name} sent={sent} onFile={onFile} onCancel={forget} />
      <Text size="sm" c="dimmed">
        {t('kinds')}
      </Text>
      {reading && (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('reading')}</Text>
        </Group>
      )}
      {preview !== undefined && (
        <>
          <ImportReading preview={preview} onChange={importing.readAs} />
          {preview.problemCount > 0 && (
            <ProblemTable problems={preview.problems} count={preview.problemCount} file={name ?? ''} />
          )}
          {preview.fields.length > 0 && <ImportMapping preview={preview} onRole={importing.setRole} />}
          <ImportFindings preview={preview} leaveOut={importing.leaveOut} onLeaveOut={importing.setLeaveOut} />
          <Target sets={sets} draft={draft} onDraft={onDraft} />
        </>
      )}
      {error !== null && <ImportProblems error={error} file={name ?? ''} />}
      <Group justify="flex-end">
        <Button type="submit" loading={pending} disabled={preview === undefined || reading || preview.problemCount > 0}>
          {t('send')}
        </Button>
      </Group>
    </Stack>
  );
}

function Target({ sets, draft, onDraft }: Pick<Props, 'sets' | 'draft' | 'onDraft'>) {
  const { t } = useTranslation('setImport');
  const there = sets.find(({ name, slug }) => [name, slug].includes(draft.set.trim()));
  return (
    <>
      <Autocomplete
        label={t('set')}
        description={there === undefined ? t('setNew') : t('setThere', { version: there.version + 1 })}
        required
        maxLength={80}
        data={sets.map(({ name }) => name)}
        value={draft.set}
        onChange={(set) => onDraft({ ...draft, set })}
      />
      <NumberInput
        label={t('holdout')}
        description={t(there === undefined ? 'holdoutHelp' : 'holdoutFixed')}
        suffix=" %"
        min={0}
        max={90}
        allowDecimal={false}
        disabled={there !== undefined}
        value={there === undefined ? draft.holdout : Math.round(there.holdoutShare * 100)}
        onChange={(value) => typeof value === 'number' && onDraft({ ...draft, holdout: value })}
      />
      <AuthorField />
    </>
  );
}
