import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Answer, Received } from '../../../../../server/http/contract/index.ts';
import { call } from '../../../api/client.ts';
import { queryKey } from '../../../api/query.ts';
import { REFRESH_MS } from '../use-observations.ts';

const KEY = 'GET /api/projects/:project/traces';
const PAGE = 100;

export type Trace = Answer<typeof KEY>['traces'][number];
export type Span = Answer<'GET /api/projects/:project/traces/:trace'>['spans'][number];
export type SpanContent = Answer<'GET /api/projects/:project/traces/:trace/spans/:span'>;
type TraceFilter = Omit<Received<typeof KEY>['query'], 'before' | 'limit'>;

/** Traces, newest first, in pages. */
export function useTraces(project: string, filter: TraceFilter) {
  return useInfiniteQuery({
    queryKey: [...queryKey(KEY, { params: { project }, query: filter }), 'pages'],
    queryFn: ({ pageParam: before, signal }) =>
      call(KEY, { params: { project }, query: { ...filter, before, limit: PAGE }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ traces }) => (traces.length < PAGE ? undefined : traces.at(-1)?.id),
    select: ({ pages }) => pages.flatMap(({ traces }) => traces),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}
