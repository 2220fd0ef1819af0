import type { ReleaseId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Interval } from '../../domain/statistics/interval.ts';
import { wilsonInterval } from '../../domain/statistics/wilson-interval.ts';
import type { CallFailure } from '../../domain/unobserved-call.ts';
import type { FailedCall } from '../../storage/unobserved-call-store.ts';
import type { Workbench } from '../workbench.ts';
import { slicesOfDays } from './monitor.ts';

/** The calls of a release, and the share of them that failed. */
export type ReleaseFailures = {
  /** Null for calls that named none. */
  release: ReleaseId | null;
  calls: number;
  failed: number;
  rate: number;
  /** Wilson's, of one look. */
  interval: Interval;
  /** The most frequent first. */
  kinds: { failure: CallFailure; count: number }[];
};
export type FailedCallView = Pick<FailedCall, 'id' | 'failure' | 'message' | 'model' | 'traceId' | 'createdAt'> & {
  release: ReleaseId | null;
};
export type FailedCalls = { releases: ReleaseFailures[]; newest: FailedCallView[] };

/** Failed calls that are shown. */
const mostShown = 50;

/** How many of the calls of the last days failed, by release, the newest first, and how; the newest ones of one release where that is asked. */
export async function failedCalls(
  { stores: { unobservedCalls } }: Pick<Workbench, 'stores'>,
  project: Project,
  { days, release }: { days: number; release?: number },
  now: Date,
): Promise<FailedCalls> {
  const { since } = slicesOfDays(days, now);
  const kinds = Map.groupBy(await unobservedCalls.kinds(project.id, since), ({ releaseId }) => releaseId);
  const newest = await unobservedCalls.newestFailed(project.id, {
    since,
    release: release as ReleaseId | undefined,
    limit: mostShown,
  });
  return {
    releases: (await unobservedCalls.byRelease(project.id, since)).map(({ releaseId, answered, failed }) => {
      const calls = answered + failed;
      return {
        release: releaseId,
        calls,
        failed,
        rate: failed / calls,
        interval: wilsonInterval(failed, calls),
        kinds: (kinds.get(releaseId) ?? []).map(({ failure, count }) => ({ failure, count })),
      };
    }),
    newest: newest.map(({ id, releaseId, failure, message, model, traceId, createdAt }) => ({
      id,
      release: releaseId,
      failure,
      message,
      model,
      traceId,
      createdAt,
    })),
  };
}
