import { Group, Select, Switch, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../components/use-runs.ts';

const ROUTE = '/projects/$project/runs';
const WIDTH = 150;

/** What the list is narrowed to, kept in the address. Each choice offers what there is. */
export function RunsFilters({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation('runList');
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const valuesOf = (value: (run: Run) => readonly string[]) => [...new Set(runs.flatMap(value))].sort();
  const choice = (label: string, value: string | undefined, data: string[], onChoose: (value?: string) => void) => (
    <Select
      size="xs"
      w={WIDTH}
      aria-label={label}
      placeholder={label}
      clearable
      searchable
      value={value ?? null}
      data={value === undefined || data.includes(value) ? data : [...data, value]}
      onChange={(chosen) => onChoose(chosen ?? undefined)}
    />
  );
  const statuses = [...new Set(runs.map(({ status }) => status))];
  return (
    <Group gap="xs" mb="xs">
      <TextInput
        size="xs"
        aria-label={t('runs:list.search')}
        placeholder={t('runs:list.search')}
        value={search.search ?? ''}
        onChange={(event) => set({ search: event.target.value || undefined })}
      />
      {choice(
        t('runs:prompt'),
        search.prompt,
        valuesOf(({ prompt }) => [prompt]),
        (prompt) => set({ prompt }),
      )}
      {choice(
        t('common:model.label'),
        search.model,
        valuesOf(({ model }) => [model]),
        (model) => set({ model }),
      )}
      {choice(
        t('runs:set'),
        search.set,
        valuesOf((run) => [run.set]),
        (chosen) => set({ set: chosen }),
      )}
      <Select
        size="xs"
        w={120}
        aria-label={t('runs:splitLabel')}
        placeholder={t('runs:splitLabel')}
        clearable
        value={search.split ?? null}
        data={(['dev', 'holdout', 'all'] as const).map((value) => ({ value, label: t(`common:split.${value}`) }))}
        onChange={(split) => set({ split: split ?? undefined })}
      />
      <Select
        size="xs"
        w={120}
        aria-label={t('runs:status')}
        placeholder={t('runs:status')}
        clearable
        value={search.status ?? null}
        data={statuses.map((value) => ({ value, label: t(`common:status.${value}`) }))}
        onChange={(status) => set({ status: status ?? undefined })}
      />
      {choice(
        t('tag'),
        search.tag,
        valuesOf(({ tags }) => tags),
        (tag) => set({ tag }),
      )}
      <Switch
        size="xs"
        label={t('archived', { count: runs.filter(({ archivedAt }) => archivedAt !== null).length })}
        checked={search.archived === true}
        onChange={(event) => set({ archived: event.currentTarget.checked || undefined })}
      />
    </Group>
  );
}
