import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ApiError, request } from '../../api/client.ts';

export type CaseFilter = {
  search?: string;
  split?: 'dev' | 'holdout';
  label?: string;
  tag?: string;
  source?: string;
  /** A run that they failed in. */
  failedIn?: number;
};
type Asked = { project: string; set: string; version: number | undefined; filter: CaseFilter };

const PAGE = 100;

/** The cases of a version in pages, in the set's order. */
export function useCases({ project, set, version, filter }: Asked) {
  const query = useInfiniteQuery<
    Awaited<ReturnType<typeof readPage>>,
    ApiError,
    Pages,
    readonly unknown[],
    number | undefined
  >({
    queryKey: ['cases', project, set, version, filter],
    queryFn: ({ pageParam, signal }) => readPage({ project, set, version, filter }, pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages ?? [];
  return { ...query, cases: pages.flatMap(({ cases }) => cases), count: pages[0]?.count ?? 0 };
}

type Pages = { pages: Awaited<ReturnType<typeof readPage>>[] };

const readPage = ({ project, set, version, filter }: Asked, after: number | undefined, signal: AbortSignal) =>
  request('GET /api/projects/:project/sets/:set/cases', {
    params: { project, set },
    query: { ...filter, version, after, limit: PAGE },
    signal,
  });
