import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { queryKey, useApi } from '../../api/query.ts';

const KEY = 'GET /api/runs/:run/results';
const PAGE = 100;

/** What failed in a run, read on as a person comes near the end; an error says nothing of the prompt and is left out. `category`: empty for what has none yet. */
export function useFailures(run: number, category: string | undefined) {
  const asked = { params: { run }, query: { category, outcome: 'failed' as const, limit: PAGE } };
  const pages = useInfiniteQuery({
    queryKey: queryKey(KEY, asked),
    queryFn: ({ pageParam, signal }) =>
      call(KEY, { params: { run }, query: { ...asked.query, after: pageParam }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    placeholderData: keepPreviousData,
  });
  const counts = useApi('GET /api/runs/:run/result-counts', { params: { run }, query: { category } });
  const failures = pages.data?.pages.flatMap(({ results }) => results) ?? [];
  return {
    failures,
    /** How many there are, read or not. */
    count: counts.data?.failed ?? failures.length,
    isPending: pages.isPending,
    error: pages.error,
    retry: () => void pages.refetch(),
    hasMore: pages.hasNextPage,
    readOn: () => {
      if (pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage();
    },
  };
}
