import { Autocomplete, Button, Group, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import type { ApiError } from '../../api/client.ts';
import { AuthorField } from '../../components/author-field.tsx';
import { type ChosenFile, FileField } from './file-field.tsx';
import { fieldNames } from './file-fields.ts';
import { ImportProblems } from './import-problems.tsx';

/** `holdout` in percent. A field of null is left to the server. */
export type ImportDraft = { set: string; input: string | null; expected: string | null; holdout: number };
type Props = {
  sets: Answer<'GET /api/projects/:project/sets'>['sets'];
  file: ChosenFile | null;
  onFile: (file: ChosenFile) => void;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  onSend: () => void;
  pending: boolean;
  error: ApiError | null;
};

/** What is imported, into which set, and which field means what. */
export function ImportForm({ sets, file, onFile, draft, onDraft, onSend, pending, error }: Props) {
  const { t } = useTranslation('sets');
  const there = sets.find(({ name, slug }) => [name, slug].includes(draft.set.trim()));
  const fields = file === null ? [] : fieldNames(file.name, file.text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <FileField file={file} onChange={onFile} />
      <Text size="sm" c="dimmed">
        {t('import.kinds')}
      </Text>
      <Autocomplete
        label={t('import.set')}
        description={there === undefined ? t('import.setNew') : t('import.setThere', { version: there.version + 1 })}
        required
        maxLength={80}
        data={sets.map(({ name }) => name)}
        value={draft.set}
        onChange={(set) => onDraft({ ...draft, set })}
      />
      {fields.length > 0 && <Mapping fields={fields} draft={draft} onDraft={onDraft} />}
      <NumberInput
        label={t('import.holdout')}
        description={t('import.holdoutHelp')}
        suffix=" %"
        min={0}
        max={90}
        allowDecimal={false}
        disabled={there !== undefined}
        value={there === undefined ? draft.holdout : Math.round(there.holdoutShare * 100)}
        onChange={(value) => typeof value === 'number' && onDraft({ ...draft, holdout: value })}
      />
      {there !== undefined && (
        <Text size="xs" c="dimmed">
          {t('import.holdoutFixed')}
        </Text>
      )}
      <AuthorField />
      {error !== null && <ImportProblems error={error} />}
      <Group justify="flex-end">
        <Button type="submit" loading={pending} disabled={file === null}>
          {t('import.send')}
        </Button>
      </Group>
    </Stack>
  );
}

type MappingProps = Pick<Props, 'draft' | 'onDraft'> & { fields: readonly string[] };

function Mapping({ fields, draft, onDraft }: MappingProps) {
  const { t } = useTranslation('sets');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t('import.input')}
        description={t('import.inputHelp')}
        placeholder={t('import.inputAny')}
        clearable
        data={fields.filter((name) => name !== draft.expected)}
        value={draft.input}
        onChange={(input) => onDraft({ ...draft, input })}
      />
      <Select
        label={t('import.expected')}
        description={t('import.expectedHelp')}
        placeholder={t('import.expectedAny')}
        clearable
        data={fields.filter((name) => name !== draft.input)}
        value={draft.expected}
        onChange={(expected) => onDraft({ ...draft, expected })}
      />
    </SimpleGrid>
  );
}
