import { Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Preview, Reading } from './use-import.ts';

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
const delimiters = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** How the file was read; what a person knows better can be changed. */
export function ImportReading({ preview, onChange }: { preview: Preview; onChange: (changed: Reading) => void }) {
  const { t } = useTranslation('setImport');
  const { format, encoding, delimiter, sheet, sheets } = preview;
  return (
    <Group gap="sm" align="flex-end">
      <Text size="sm" pb={8} role="status">
        {t('read', { format: format.toUpperCase(), rows: preview.rows, cases: preview.cases })}
      </Text>
      {format !== 'xlsx' && (
        <Select
          label={t('encoding')}
          w={140}
          allowDeselect={false}
          data={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
          value={encoding}
          onChange={(value) => onChange({ encoding: encodings.find((name) => name === value) })}
        />
      )}
      {format === 'csv' && (
        <Select
          label={t('delimiter')}
          w={140}
          allowDeselect={false}
          data={Object.entries(delimiters).map(([value, name]) => ({ value, label: t(`delimiters.${name}`) }))}
          value={delimiter}
          onChange={(value) => onChange({ delimiter: value ?? undefined })}
        />
      )}
      {sheets.length > 1 && (
        <Select
          label={t('sheet')}
          w={180}
          allowDeselect={false}
          data={sheets}
          value={sheet}
          onChange={(value) => onChange({ sheet: value ?? undefined })}
        />
      )}
    </Group>
  );
}
