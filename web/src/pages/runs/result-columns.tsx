import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Columns that can be chosen; the outcome is always there. */
export const resultColumns = [
  'input',
  'expected',
  'output',
  'answer',
  'confidence',
  'category',
  'verdict',
  'tags',
  'split',
  'tokens',
  'cost',
  'latency',
] as const;
export type ResultColumn = (typeof resultColumns)[number];

const usual: ResultColumn[] = ['input', 'expected', 'output', 'confidence', 'category', 'split', 'latency'];

/** The columns that a person chose, kept in this browser. */
export function useResultColumns() {
  return useLocalStorage<ResultColumn[]>({
    key: 'whetstone.result-columns',
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
}

/** Chooses the columns of the table of results. */
export function ColumnChoice() {
  const { t } = useTranslation('results');
  const [chosen, choose] = useResultColumns();
  return (
    <Popover position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          {t('columns.choose')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.choose')}>
        <Checkbox.Group
          value={chosen}
          onChange={(value) => choose(resultColumns.filter((column) => value.includes(column)))}
        >
          <Stack gap={6}>
            {resultColumns.map((column) => (
              <Checkbox key={column} size="xs" value={column} label={t(`columns.${column}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
