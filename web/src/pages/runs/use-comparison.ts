import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { call } from '../../api/client.ts';
import { queryKey, useApi } from '../../api/query.ts';
import { isUnderWay } from '../../components/use-runs.ts';
import type { Group } from './compare-reading.ts';

export const COMPARE_ROUTE = '/projects/$project/compare';
const CASES = 'GET /api/comparisons/cases';
const PAGE = 100;
const WHILE_RUNNING_MS = 3_000;

/** The runs that the address names, without those that are no numbers. */
export function useComparedIds(): number[] {
  const { runs = '' } = useSearch({ from: COMPARE_ROUTE });
  return [...new Set(runs.split(',').map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0);
}

const useSplit = (): 'dev' | 'holdout' | 'all' => useSearch({ from: COMPARE_ROUTE }).split ?? 'all';

/** The comparison of these runs; nothing is asked for fewer than two. */
export function useComparison(runs: number[]) {
  const split = useSplit();
  return useApi(
    'GET /api/comparisons',
    { query: { runs, split } },
    {
      keepPrevious: true,
      enabled: runs.length > 1,
      refetchInterval: (data) => (data?.runs.some(isUnderWay) ? WHILE_RUNNING_MS : false),
    },
  );
}

/** The same by each scorer alone. */
export function useComparedMetrics(runs: number[]) {
  const split = useSplit();
  const live = useComparison(runs).data?.runs.some(isUnderWay) ?? false;
  return useApi(
    'GET /api/comparisons/metrics',
    { query: { runs, split } },
    { keepPrevious: true, enabled: runs.length > 1, refetchInterval: live ? WHILE_RUNNING_MS : false },
  );
}

/** Its cases, a page at a time, and more of them until the one that is open is there. */
export function useComparedCases(runs: number[], filter: { group?: Group; differ?: true }, openKey?: string) {
  const split = useSplit();
  const given = { runs, split, ...filter, limit: PAGE };
  const live = useComparison(runs).data?.runs.some(isUnderWay) ?? false;
  const query = useInfiniteQuery({
    // Once the runs have ended, everything is read once more.
    queryKey: [...queryKey(CASES, { query: { ...given, after: 0 } }), live],
    refetchInterval: live ? WHILE_RUNNING_MS : false,
    queryFn: ({ pageParam, signal }) => call(CASES, { query: { ...given, after: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ after }) => after ?? undefined,
    select: ({ pages }) => ({ cases: pages.flatMap(({ cases }) => cases), count: pages[0]?.count ?? 0 }),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const index = query.data?.cases.findIndex(({ caseKey }) => caseKey === openKey) ?? 0;
  const needed = openKey !== undefined && (index < 0 || index + 1 === query.data?.cases.length);
  useEffect(() => {
    if (needed && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [needed, hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}

/** Goes to a comparison of other runs, or of the same in another order. */
export function useCompare() {
  const { project } = useParams({ from: COMPARE_ROUTE });
  const { split } = useSearch({ from: COMPARE_ROUTE });
  const navigate = useNavigate();
  return (runs: readonly number[]) =>
    void navigate({ to: COMPARE_ROUTE, params: { project }, search: { runs: runs.join(','), split } });
}
