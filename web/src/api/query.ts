import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RouteKey } from '../../../server/http/contract/index.ts';
import { type ApiError, call, type Delivered, type Given, type Parts } from './client.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError;
  }
}

const CONFLICT = 409;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // The server's own answers don't change by asking again; a server that restarts does.
      retry: (count, error) => error.code === 'server_unreachable' && count < 3,
      // The server is on this machine: it answers without a network, too.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** Operations that only read. Some are POSTs because what they are asked is too long for an address. */
export type ReadKey =
  | Extract<RouteKey, `GET ${string}`>
  | 'POST /api/projects/:project/preview'
  | 'POST /api/projects/:project/alike'
  | 'POST /api/projects/:project/sets/preview'
  | 'POST /api/projects/:project/sets/:set/observed-cases/preview'
  | 'POST /api/projects/:project/prompts/check'
  | 'POST /api/projects/:project/sets/:set/audit/effect'
  | 'POST /api/projects/:project/runs/plan'
  | 'POST /api/runs/:run/rescore/plan'
  | 'POST /api/projects/:project/releases/evidence'
  | 'POST /api/case-scorers/check'
  | 'POST /api/projects/:project/redaction/try'
  | 'POST /api/scorers/check'
  | 'POST /api/token-estimate';

type Wait = number | false;
type ReadOptions<Data> = {
  enabled?: boolean;
  /** How long until it is read again, in milliseconds; it may depend on what was read. */
  refetchInterval?: Wait | ((data: Data | undefined) => Wait);
  staleTime?: number;
  /** Shows the answer before while the next one comes: for lists that are filtered or paged. */
  keepPrevious?: boolean;
};
/** The parts may be left out where none must be given. */
type ReadArguments<Key extends RouteKey> =
  Partial<Given<Key>> extends Given<Key>
    ? [given?: Given<Key>, options?: ReadOptions<Delivered<Key>>]
    : [given: Given<Key>, options?: ReadOptions<Delivered<Key>>];

/** Key of one answer, or with the operation alone of all its answers. */
export function queryKey<Key extends ReadKey>(key: Key, given?: Given<Key>): readonly unknown[] {
  const { params, query, body }: Parts = given ?? {};
  return (params ?? query ?? body) ? [key, { params, query, body }] : [key];
}

/** Options of a query, for `useQueries` and prefetching. */
export function apiQuery<Key extends ReadKey>(key: Key, ...[given]: ReadArguments<Key>) {
  return {
    queryKey: queryKey(key, given),
    queryFn: ({ signal }: { signal: AbortSignal }) => call(key, { ...given, signal }),
  };
}

/** Reads an operation: `useApi('GET /api/projects/:project', { params: { project } })`. */
export function useApi<Key extends ReadKey>(key: Key, ...[given, options = {}]: ReadArguments<Key>) {
  const { keepPrevious = false, refetchInterval: wait = false, ...rest } = options;
  return useQuery<Delivered<Key>, ApiError>({
    queryKey: queryKey(key, given),
    queryFn: ({ signal }) => call(key, { ...given, signal }),
    refetchInterval: typeof wait === 'function' ? ({ state }) => wait(state.data) : wait,
    ...rest,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/**
 * Changes something by an operation; afterwards everything that is on the page is read again, because one change shows in many places. So it is where
 * the change was refused because somebody else was first: what the page shows is no longer so.
 */
export function useApiMutation<Key extends Exclude<RouteKey, ReadKey>>(key: Key) {
  const client = useQueryClient();
  return useMutation<Delivered<Key>, ApiError, Given<Key>>({
    mutationFn: (given) => call(key, given),
    onSuccess: () => client.invalidateQueries(),
    onError: ({ status }) => status === CONFLICT && client.invalidateQueries(),
  });
}
