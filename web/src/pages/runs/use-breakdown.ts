import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { isUnderWay, type Run } from '../../components/use-runs.ts';

const WHILE_RUNNING_MS = 10_000;

export type Breakdown = Answer<'GET /api/runs/:run/breakdown'>;

/** Where a run does well and where it does not. */
export const useBreakdown = (run: Run) =>
  useApi(
    'GET /api/runs/:run/breakdown',
    { params: { run: run.id } },
    { refetchInterval: isUnderWay(run) ? WHILE_RUNNING_MS : false },
  );
