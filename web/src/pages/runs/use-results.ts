import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SentQuery } from '../../../../server/http/contract/index.ts';
import { call } from '../../api/client.ts';
import { queryKey } from '../../api/query.ts';
import type { Result } from './verdict-text.tsx';

const KEY = 'GET /api/runs/:run/results';
const WHILE_RUNNING_MS = 3_000;

type ResultsFilter = Omit<SentQuery<typeof KEY>, 'after' | 'skip' | 'limit'>;

/** Results of a run by a filter, a page at a time; `all` reads every page. */
export function useResults(
  run: number,
  filter: ResultsFilter,
  { live = false, all = false }: { live?: boolean; all?: boolean } = {},
) {
  const limit = all ? 500 : 200;
  const query = useInfiniteQuery({
    queryKey: queryKey(KEY, { params: { run }, query: { ...filter, limit } }),
    queryFn: ({ pageParam, signal }) =>
      call(KEY, { params: { run }, query: { ...filter, limit, after: pageParam }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    select: ({ pages }): Result[] => pages.flatMap(({ results }) => results),
    refetchInterval: live ? WHILE_RUNNING_MS : false,
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (all && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [all, hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}

export type ResultsQuery = ReturnType<typeof useResults>;
