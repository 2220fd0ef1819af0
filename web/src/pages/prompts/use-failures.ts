import { useInfiniteQuery } from '@tanstack/react-query';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { request } from '../../api/client.ts';

export type Failure = Answer<'GET /api/runs/:run/results'>['results'][number];

const PAGE = 50;

/** The dev cases that a run failed, in pages; without a run nothing is asked. */
export function useFailures(run: number | undefined, category: string | undefined) {
  const query = useInfiniteQuery({
    queryKey: ['failures', run, category],
    enabled: run !== undefined,
    queryFn: ({ pageParam: after, signal }) =>
      request('GET /api/runs/:run/results', {
        params: { run: run ?? 0 },
        query: { outcome: 'not_passed', split: 'dev', category, after, limit: PAGE },
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
  });
  return { ...query, failures: query.data?.pages.flatMap(({ results }) => results) ?? [] };
}
