import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../api/client.ts';
import { queryKey } from '../../api/query.ts';
import { msUntilRead, type RunsWanted } from '../../components/use-runs.ts';

const KEY = 'GET /api/projects/:project/runs';
const PAGE = 100;

/** The runs of a project that match, newest first, a page at a time; `all` reads every page. */
export function useRunPages(project: string, filter: Omit<RunsWanted, 'after' | 'limit'>, all: boolean) {
  const limit = all ? 500 : PAGE;
  const query = useInfiniteQuery({
    queryKey: [...queryKey(KEY, { params: { project }, query: { ...filter, limit } }), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(KEY, { params: { project }, query: { ...filter, limit, after: pageParam }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    select: ({ pages }) => ({ runs: pages.flatMap(({ runs }) => runs), count: pages[0]?.count ?? 0 }),
    refetchInterval: ({ state }) => msUntilRead(state.data?.pages.flatMap(({ runs }) => runs)),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (all && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [all, hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}

/** From so many runs on, the list scrolls within its box. */
export const isLongList = (count: number): boolean => count > PAGE;
