import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Answer, SentQuery } from '../../../../server/http/contract/index.ts';
import type { ApiError } from '../../api/client.ts';
import { call } from '../../api/client.ts';
import { queryKey } from '../../api/query.ts';
import type { Result } from './verdict-text.tsx';

const KEY = 'GET /api/runs/:run/results';
const PAGE = 100;
const WHILE_RUNNING_MS = 3_000;
/** Pages out of sight are forgotten after this: however far a person scrolls, the page holds a few of them. */
const KEPT_MS = 15_000;

export type ResultFilter = Omit<SentQuery<typeof KEY>, 'after' | 'skip' | 'limit' | 'flaky'> & { flaky?: true };
type Page = Answer<typeof KEY>;
type List = { client: QueryClient; run: number; filter: ResultFilter; live: boolean };

/** The results of a run by a filter, of which the pages near the rows that are seen are read; `total` is how many match, once it is known. */
export function useResultPages(
  run: number,
  filter: ResultFilter,
  { live, total }: { live: boolean; total: number | undefined },
) {
  const client = useQueryClient();
  const [seen, setSeen] = useState({ first: 0, last: 0 });
  const list = { client, run, filter, live };
  const near = range(Math.max(0, seen.first - 1), seen.last + 1);
  const queries = useQueries({
    queries: near.map((page) => ({
      ...pageQuery(list, page),
      // The one before and the one after wait for those that are seen, and then know where they begin.
      enabled:
        (page >= seen.first && page <= seen.last) ||
        (page < seen.first ? isRead(list, seen.first) : goesOn(list, seen.last)),
    })),
  });
  const read = new Map(near.map((page, index) => [page, queries[index]?.data?.results]));
  const rowAt = (index: number): Result | undefined => read.get(Math.floor(index / PAGE))?.[index % PAGE];
  const see = useCallback((first: number, last: number) => {
    const pages = { first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) };
    setSeen((before) => (before.first === pages.first && before.last === pages.last ? before : pages));
  }, []);
  const loaded = near.flatMap((page) =>
    (read.get(page) ?? []).map((result, index) => ({ result, index: page * PAGE + index })),
  );
  const count = countOf(read, total);
  return {
    /** Undefined while nothing is known of the list. */
    count,
    rowAt,
    indexOf: (id: number): number | undefined => loaded.find(({ result }) => result.id === id)?.index,
    /** A row that need not be near. */
    readRow: async (index: number): Promise<Result | undefined> => {
      const { results } = await client.ensureQueryData(pageQuery(list, Math.floor(index / PAGE)));
      return results[index % PAGE];
    },
    see,
    error: queries.find(({ error }) => error !== null)?.error ?? null,
    retry: () => void Promise.all(queries.map(({ refetch }) => refetch())),
    /** Whether any of the model's answers so far says how sure it was. */
    sure: useOnce(loaded.some(({ result }) => result.confidence !== null)),
  };
}

/** True from when it once was: a column must not come and go while a person scrolls. */
function useOnce(now: boolean): boolean {
  const [once, setOnce] = useState(now);
  if (now && !once) setOnce(true);
  return now || once;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const pageKey = ({ run, filter }: List, page: number) => [
  ...queryKey(KEY, { params: { run }, query: { ...filter, limit: PAGE } }),
  page,
];

const isRead = (list: List, page: number): boolean => list.client.getQueryData(pageKey(list, page)) !== undefined;

const goesOn = (list: List, page: number): boolean =>
  list.client.getQueryData<Page>(pageKey(list, page))?.after != null;

function pageQuery(list: List, page: number) {
  const { run, filter, live } = list;
  const queryKey = pageKey(list, page);
  return {
    queryKey,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call(KEY, { params: { run }, query: { ...filter, limit: PAGE, ...startOf(list, page) }, signal }),
    gcTime: KEPT_MS,
    refetchInterval: live ? WHILE_RUNNING_MS : (false as const),
  };
}

/** Where a page begins: after the last of the one before it. Where that is not there, or may have changed meanwhile, the server counts. */
function startOf(list: List, page: number): { after?: number; skip?: number } {
  if (page === 0) return {};
  const before = list.client.getQueryState<Page, ApiError>(pageKey(list, page - 1));
  const again = isRead(list, page);
  if (again || list.live || before === undefined || before.isInvalidated) return { skip: page * PAGE };
  return before.data?.after == null ? { skip: page * PAGE } : { after: before.data.after };
}

/** The end where a page that is not full shows it; else what was counted, or what is known to be there. */
function countOf(
  read: ReadonlyMap<number, readonly Result[] | undefined>,
  total: number | undefined,
): number | undefined {
  let least: number | undefined;
  for (const [page, results] of read) {
    if (results === undefined) continue;
    if (results.length < PAGE && (results.length > 0 || page === 0)) return page * PAGE + results.length;
    least = Math.max(least ?? 0, page * PAGE + results.length);
  }
  if (total === undefined) return least;
  return Math.max(total, least ?? 0);
}
