import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../../components/hotkey.ts';
import type { SetDetail } from './set-contents.tsx';
import type { CaseFilter } from './use-cases.ts';

type Props = { set: SetDetail; filter: CaseFilter; onChange: (filter: CaseFilter) => void };

const TYPING_MS = 250;
const sides = ['dev', 'holdout'] as const;

/** Search and filters of the cases; they stand in the address. */
export function CaseFilters({ set, filter, onChange }: Props) {
  const { t } = useTranslation('sets');
  const labels = [...new Set(set.labels.flatMap(({ label }) => (label === null ? [] : [label])))];
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Group gap="xs">
      <CaseSearch search={filter.search ?? ''} onChange={(search) => onChange({ ...filter, search })} />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t('filter.split')}
        placeholder={t('filter.anySplit')}
        data={sides.map((side) => ({ value: side, label: t(`common:split.${side}`) }))}
        value={filter.split ?? null}
        onChange={(value) => onChange({ ...filter, split: sides.find((side) => side === value) })}
      />
      {labels.length > 0 && (
        <Select
          size="xs"
          w={170}
          clearable
          searchable
          aria-label={t('filter.label')}
          placeholder={t('filter.anyLabel')}
          data={labels}
          value={filter.label ?? null}
          onChange={(label) => onChange({ ...filter, label: label ?? undefined })}
        />
      )}
      {set.tags.length > 0 && (
        <Select
          size="xs"
          w={170}
          clearable
          searchable
          aria-label={t('filter.tag')}
          placeholder={t('filter.anyTag')}
          data={set.tags.map(({ tag }) => tag)}
          value={filter.tag ?? null}
          onChange={(tag) => onChange({ ...filter, tag: tag ?? undefined })}
        />
      )}
      {isFiltered && (
        <Button size="xs" variant="subtle" leftSection={<X size={14} aria-hidden />} onClick={() => onChange({})}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}

function CaseSearch({ search, onChange }: { search: string; onChange: (search: string | undefined) => void }) {
  const { t } = useTranslation('sets');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search);
  const [seen, setSeen] = useState(search);
  const [sent, setSent] = useState(search);
  // The address may change without this field: by a link, or by going back.
  if (search !== seen) {
    setSeen(search);
    if (search !== sent) setTyped(search);
  }
  const send = useDebouncedCallback((text: string) => {
    setSent(text);
    onChange(text === '' ? undefined : text);
  }, TYPING_MS);
  useHotkey('/', t('filter.search'), () => field.current?.focus());
  return (
    <TextInput
      ref={field}
      size="xs"
      type="search"
      w={240}
      maxLength={200}
      aria-label={t('filter.search')}
      placeholder={t('filter.search')}
      leftSection={<Search size={14} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
    />
  );
}
