import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../api/client.ts';
import { queryKey } from '../../api/query.ts';
import type { ResultFilter } from './use-result-pages.ts';
import type { Result } from './verdict-text.tsx';

const KEY = 'GET /api/runs/:run/results';
const PAGE = 500;

/** All results of a run by a filter, read page by page. */
export function useResults(run: number, filter: ResultFilter) {
  const query = useInfiniteQuery({
    queryKey: queryKey(KEY, { params: { run }, query: { ...filter, limit: PAGE } }),
    queryFn: ({ pageParam, signal }) =>
      call(KEY, { params: { run }, query: { ...filter, limit: PAGE, after: pageParam }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    select: ({ pages }): Result[] => pages.flatMap(({ results }) => results),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}
