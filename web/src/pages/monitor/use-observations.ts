import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import type { Observation } from './observation.ts';

const key = 'GET /api/projects/:project/observations';
const PAGE = 50;
/** Calls come in while the page is open. */
export const REFRESH_MS = 15_000;

type Filter = {
  feedback?: 'up' | 'down';
  release?: number;
  scored?: 'passed' | 'failed' | 'error';
  scorer?: string;
  search?: string;
};

/** Observations, newest first, in pages. */
export function useObservations(project: string, filter: Filter) {
  return useInfiniteQuery({
    queryKey: [key, 'pages', project, filter],
    queryFn: ({ pageParam: before, signal }) =>
      request(key, { params: { project }, query: { ...filter, before, limit: PAGE }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ observations }) => (observations.length < PAGE ? undefined : observations.at(-1)?.id),
    select: ({ pages }) => pages.flatMap(({ observations }) => observations),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

/** One observation, whether or not it is in the pages that were read; null where there is none. */
export function useObservation(project: string, id: number | undefined) {
  const query = useApi(
    key,
    // The newest one that is not younger than it.
    { params: { project }, query: { before: (id ?? 0) + 1, limit: 1 } },
    { enabled: id !== undefined },
  );
  const found: Observation | undefined = query.data?.observations[0];
  return { ...query, observation: found?.id === id ? (found ?? null) : null };
}
