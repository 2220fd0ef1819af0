import { isUnderWay, type Run } from '../../components/use-runs.ts';

export const runActions = ['pause', 'resume', 'cancel', 'retry'] as const;
export type RunAction = (typeof runActions)[number];
/** Why something can't be done with a run as it stands. */
export type Obstacle = 'atRest' | 'underWay' | 'complete' | 'cancelled' | 'ended' | 'nothingOpen' | 'noErrors';

/** What stands in the way of each action; null where it can be taken. */
export function obstaclesOf(
  run: Pick<Run, 'status' | 'done' | 'total' | 'errors'>,
): Record<RunAction, Obstacle | null> {
  const { status, done, total, errors } = run;
  const underWay = isUnderWay(run);
  const complete = status === 'completed' ? 'complete' : null;
  return {
    pause: underWay ? null : (complete ?? 'atRest'),
    resume: status === 'running' ? 'underWay' : (complete ?? (done >= total ? 'nothingOpen' : null)),
    cancel: status === 'cancelled' ? 'cancelled' : (complete ?? (status === 'failed' ? 'ended' : null)),
    retry: underWay ? 'underWay' : errors === 0 ? 'noErrors' : null,
  };
}
