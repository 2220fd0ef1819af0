import { useEffect, useRef } from 'react';
import type { Answer } from '../../../server/http/contract/index.ts';
import type { Given } from '../api/client.ts';
import { useApi } from '../api/query.ts';

export type Run = Answer<'GET /api/runs/:run'>;

const KEY = 'GET /api/projects/:project/runs';
export type RunsWanted = NonNullable<Given<typeof KEY>['query']>;

const WHILE_RUNNING_MS = 2_000;
/** Runs are also started by the command line. */
const AT_REST_MS = 10_000;

/** Whether calls are under way or about to be. */
export const isUnderWay = ({ status }: Pick<Run, 'status'>): boolean => status === 'queued' || status === 'running';

/** How long until these runs are read again. */
export const msUntilRead = (runs: readonly Run[] | undefined): number =>
  runs?.some(isUnderWay) ? WHILE_RUNNING_MS : AT_REST_MS;

/** The newest runs of a project, of those that are asked for; read again often while one is under way. */
export const useRuns = (project: string, query?: RunsWanted) =>
  useApi(
    KEY,
    { params: { project }, ...(query === undefined ? {} : { query }) },
    { refetchInterval: (data) => msUntilRead(data?.runs) },
  );

/** Reads again what is made of runs at rest, when one begins, ends or goes. */
export function useReadAgainWithRuns(project: string, refetch: () => unknown): void {
  const { data } = useRuns(project);
  const present = data && `${data.count} ${data.runs.filter((run) => !isUnderWay(run)).length}`;
  const known = useRef(present);
  useEffect(() => {
    if (known.current !== undefined && known.current !== present) refetch();
    known.current = present;
  }, [present, refetch]);
}
