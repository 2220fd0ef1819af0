import type { Answer } from '../../../server/http/contract/index.ts';
import { useApi } from '../api/query.ts';

export type Run = Answer<'GET /api/runs/:run'>;

const WHILE_RUNNING_MS = 2_000;
/** Runs are also started by the command line. */
const AT_REST_MS = 10_000;

/** Whether calls are under way or about to be. */
export const isUnderWay = ({ status }: Pick<Run, 'status'>): boolean => status === 'queued' || status === 'running';

/** The runs of a project, newest first, read again often while one is under way. */
export const useRuns = (project: string) =>
  useApi(
    'GET /api/projects/:project/runs',
    { params: { project } },
    { refetchInterval: (data) => (data?.runs.some(isUnderWay) ? WHILE_RUNNING_MS : AT_REST_MS) },
  );
