import { Autocomplete, Button, Group, Paper, Text } from '@mantine/core';
import { Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseContent, CaseRow } from './set-changes.ts';

type Props = {
  /** The cases that are chosen. */
  rows: readonly CaseRow[];
  /** Tags of the set, to choose from. */
  tags: readonly string[];
  /** Null removes a case. */
  onEdit: (rows: readonly CaseRow[], edit: (row: CaseRow) => CaseContent | null) => void;
  onClear: () => void;
};

/** What can be done to several cases at once; like every change it is saved later, and can be taken back until then. */
export function BulkBar({ rows, tags, onEdit, onClear }: Props) {
  const { t } = useTranslation('sets');
  const [tag, setTag] = useState('');
  if (rows.length === 0) return null;
  const name = tag.trim();
  const retag = (change: (before: readonly string[]) => string[]) => {
    onEdit(rows, ({ variables, expected, tags: before, group }) => ({
      ...{ variables, expected, group },
      tags: change(before),
    }));
    setTag('');
  };
  return (
    <Paper p="xs" role="group" aria-label={t('bulk.label')}>
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {t('bulk.chosen', { count: rows.length })}
        </Text>
        <Autocomplete
          size="xs"
          w={180}
          maxLength={60}
          aria-label={t('bulk.tag')}
          placeholder={t('bulk.tag')}
          data={[...tags]}
          value={tag}
          onChange={setTag}
        />
        <Button
          size="xs"
          variant="default"
          disabled={name === ''}
          leftSection={<Tag size={14} aria-hidden />}
          onClick={() => retag((before) => [...before.filter((other) => other !== name), name])}
        >
          {t('bulk.addTag')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!rows.some((row) => row.tags.includes(name))}
          leftSection={<X size={14} aria-hidden />}
          onClick={() => retag((before) => before.filter((other) => other !== name))}
        >
          {t('bulk.removeTag')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Trash2 size={14} aria-hidden />}
          onClick={() => {
            onEdit(rows, () => null);
            onClear();
          }}
        >
          {t('bulk.remove')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onClear}>
          {t('bulk.clear')}
        </Button>
      </Group>
    </Paper>
  );
}
