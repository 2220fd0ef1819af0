import { Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../components/use-runs.ts';

import { ColumnChoice } from './result-columns.tsx';
import { ResultExport } from './result-export.tsx';

const ROUTE = '/projects/$project/runs/$run';
const SEARCH_AFTER_MS = 250;

/** What stands over the results: the search, which columns there are, the results as a file. */
export function ResultFilters({ run }: { run: Run }) {
  return (
    <Group gap="xs">
      <SearchField />
      <ColumnChoice />
      <ResultExport run={run} />
    </Group>
  );
}

function SearchField() {
  const { t } = useTranslation('runs');
  const { search = '' } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search);
  // By the way back, or where the filters are taken away; never under a person's hands.
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(search);
  }, [search]);
  const find = useDebouncedCallback(
    (text: string) =>
      void navigate({
        search: (before) => ({ ...before, search: text === '' ? undefined : text, result: undefined }),
        replace: true,
        resetScroll: false,
      }),
    SEARCH_AFTER_MS,
  );
  return (
    <TextInput
      ref={field}
      size="xs"
      type="search"
      aria-label={t('results.search')}
      placeholder={t('results.search')}
      leftSection={<Search size={14} aria-hidden />}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        // Letters on their way to a Chinese character are not searched for.
        if (!(event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing))
          find(event.currentTarget.value);
      }}
      onCompositionEnd={(event) => find(event.currentTarget.value)}
    />
  );
}
