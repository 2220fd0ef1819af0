import { Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { Run } from '../../components/use-runs.ts';

import { ColumnChoice } from './result-columns.tsx';
import { ResultExport } from './result-export.tsx';

const ROUTE = '/projects/$project/runs/$run';
const SEARCH_AFTER_MS = 250;

/** Search, side and category; each stands in the address. */
export function ResultFilters({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const { split, category, search = '' } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [typed, setTyped] = useState(search);
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project: run.project } });
  const filter = (part: { split?: 'dev' | 'holdout'; category?: string; search?: string }) =>
    void navigate({
      search: (before) => ({ ...before, ...part, result: undefined }),
      replace: true,
      resetScroll: false,
    });
  const find = useDebouncedCallback(
    (text: string) => filter({ search: text === '' ? undefined : text }),
    SEARCH_AFTER_MS,
  );
  const categories = data?.categories ?? [];
  return (
    <Group gap="xs">
      <TextInput
        size="xs"
        type="search"
        aria-label={t('results.search')}
        placeholder={t('results.search')}
        leftSection={<Search size={14} aria-hidden />}
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      {(categories.length > 0 || category !== undefined) && (
        <Select
          size="xs"
          aria-label={t('category')}
          placeholder={t('results.anyCategory')}
          clearable
          data={[...new Set([...categories.map((one) => one.category), ...(category === undefined ? [] : [category])])]}
          value={category ?? null}
          onChange={(value) => filter({ category: value ?? undefined })}
          w={170}
        />
      )}
      {run.bySplit.dev !== undefined && run.bySplit.holdout !== undefined && (
        <SegmentedControl
          size="xs"
          aria-label={t('splitLabel')}
          value={split ?? 'all'}
          onChange={(value) => filter({ split: value === 'dev' || value === 'holdout' ? value : undefined })}
          data={(['all', 'dev', 'holdout'] as const).map((one) => ({ value: one, label: t(`common:split.${one}`) }))}
        />
      )}
      <ColumnChoice />
      <ResultExport run={run} />
    </Group>
  );
}
