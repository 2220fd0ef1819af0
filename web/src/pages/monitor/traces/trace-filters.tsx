import { Checkbox, Group, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../../server/http/contract/index.ts';
import { formatDuration, formatMoney } from '../../../components/format.ts';
import { SearchField } from '../../../components/search-field.tsx';

const ROUTE = '/projects/$project/monitor/traces';
const durations = [1_000, 3_000, 10_000, 30_000] as const;
const costs = [0.001, 0.01, 0.1, 1] as const;

export type Summary = Answer<'GET /api/projects/:project/trace-summary'>;

/** What the list is narrowed to, kept in the address. */
export function TraceFilters({ summary }: { summary: Summary }) {
  const { t } = useTranslation('traces');
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  return (
    <Group gap="xs" mb="xs">
      <SearchField
        label={t('filter.search')}
        search={search.search ?? ''}
        onFind={(text) => set({ search: text })}
        width={220}
      />
      <AtLeast
        label={t('filter.slow')}
        value={search.slow}
        choices={durations}
        name={(ms) => t('filter.atLeast', { value: formatDuration(ms) })}
        onChoose={(slow) => set({ slow })}
      />
      <AtLeast
        label={t('filter.cost')}
        value={search.cost}
        choices={costs}
        name={(usd) => t('filter.atLeast', { value: formatMoney(usd) })}
        onChoose={(cost) => set({ cost })}
      />
      <Select
        size="xs"
        w={200}
        aria-label={t('common:model.label')}
        placeholder={t('common:model.label')}
        clearable
        searchable
        value={search.model ?? null}
        data={[...new Set([...summary.models, ...(search.model === undefined ? [] : [search.model])])]}
        onChange={(model) => set({ model: model ?? undefined })}
      />
      <Checkbox
        size="xs"
        label={t('filter.errors')}
        checked={search.errors ?? false}
        onChange={(event) => set({ errors: event.currentTarget.checked || undefined })}
      />
    </Group>
  );
}

type AtLeastProps = {
  label: string;
  value: number | undefined;
  choices: readonly number[];
  name: (value: number) => string;
  onChoose: (value: number | undefined) => void;
};

/** One of the bounds, or none; what the address asks for is offered as well. */
function AtLeast({ label, value, choices, name, onChoose }: AtLeastProps) {
  const all = [...new Set([...choices, ...(value === undefined ? [] : [value])])].toSorted((a, b) => a - b);
  return (
    <Select
      size="xs"
      w={130}
      aria-label={label}
      placeholder={label}
      clearable
      value={value === undefined ? null : String(value)}
      data={all.map((one) => ({ value: String(one), label: name(one) }))}
      onChange={(chosen) => onChoose(chosen === null ? undefined : Number(chosen))}
    />
  );
}
