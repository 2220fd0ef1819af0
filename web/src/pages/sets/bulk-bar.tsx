import { Autocomplete, Button, Group, Paper, Text } from '@mantine/core';
import { ListChecks, Pencil, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkEdit } from './set-changes.ts';

type Props = {
  /** How many cases are chosen. */
  count: number;
  /** How many match the filters, where those are more than are chosen and all that are shown are; else null. */
  matching: number | null;
  onChooseMatching: () => void;
  /** Tags and labels of the set, to choose from. */
  tags: readonly string[];
  labels: readonly string[];
  onEdit: (edit: BulkEdit) => void;
  onClear: () => void;
};

/** What can be done to several cases at once. */
export function BulkBar({ count, matching, onChooseMatching, tags, labels, onEdit, onClear }: Props) {
  const { t } = useTranslation('sets');
  const [tag, setTag] = useState('');
  const [label, setLabel] = useState('');
  const button = { size: 'xs', variant: 'default' } as const;
  const field = { size: 'xs', w: 170, maxLength: 60 } as const;
  const name = tag.trim();
  const retag = (type: 'add_tag' | 'remove_tag') => {
    onEdit({ type, tag: name });
    setTag('');
  };
  return (
    <Paper p="xs" role="group" aria-label={t('bulk.label')}>
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {t('bulk.chosen', { count })}
        </Text>
        {matching !== null && (
          <Button {...button} leftSection={<ListChecks size={14} aria-hidden />} onClick={onChooseMatching}>
            {t('bulk.chooseMatching', { count: matching })}
          </Button>
        )}
        <Autocomplete
          {...field}
          aria-label={t('bulk.tag')}
          placeholder={t('bulk.tag')}
          data={[...tags]}
          value={tag}
          onChange={setTag}
        />
        <Button
          {...button}
          disabled={name === ''}
          leftSection={<Tag size={14} aria-hidden />}
          onClick={() => retag('add_tag')}
        >
          {t('bulk.addTag')}
        </Button>
        <Button
          {...button}
          disabled={name === ''}
          leftSection={<X size={14} aria-hidden />}
          onClick={() => retag('remove_tag')}
        >
          {t('bulk.removeTag')}
        </Button>
        <Autocomplete
          {...field}
          aria-label={t('bulk.relabel')}
          placeholder={t('bulk.relabel')}
          data={[...labels]}
          value={label}
          onChange={setLabel}
        />
        <Button
          {...button}
          disabled={label.trim() === ''}
          leftSection={<Pencil size={14} aria-hidden />}
          onClick={() => {
            onEdit({ type: 'relabel', expected: label.trim() });
            setLabel('');
          }}
        >
          {t('bulk.setLabel')}
        </Button>
        <Button {...button} leftSection={<Trash2 size={14} aria-hidden />} onClick={() => onEdit({ type: 'remove' })}>
          {t('bulk.remove')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onClear}>
          {t('bulk.clear')}
        </Button>
      </Group>
    </Paper>
  );
}
