import { Group } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../components/search-field.tsx';
import type { Run } from '../../components/use-runs.ts';
import { ColumnChoice } from './result-columns.tsx';
import { ResultExport } from './result-export.tsx';

const ROUTE = '/projects/$project/runs/$run';

/** What stands over the results: the search, which columns there are, the results as a file. */
export function ResultFilters({ run }: { run: Run }) {
  return (
    <Group gap="xs">
      <ResultSearch />
      <ColumnChoice />
      <ResultExport run={run} />
    </Group>
  );
}

function ResultSearch() {
  const { t } = useTranslation('runs');
  const { search = '' } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  return (
    <SearchField
      label={t('results.search')}
      search={search}
      onFind={(text) =>
        void navigate({
          search: (before) => ({ ...before, search: text, result: undefined }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
