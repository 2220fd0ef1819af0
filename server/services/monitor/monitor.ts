import { dayMs, hourMs } from '../../domain/durations.ts';
import type { Project } from '../../domain/project.ts';
import type { ObservationBucket } from '../../storage/observation-store.ts';
import type { Workbench } from '../workbench.ts';
import { releasedVersion } from './list-observations.ts';

/** Slices that show some 12 to 60 points; days and weeks are those of UTC. */
const slices: readonly { upToDays: number; sliceMs: number }[] = [
  { upToDays: 1, sliceMs: hourMs },
  { upToDays: 7, sliceMs: 6 * hourMs },
  { upToDays: 60, sliceMs: dayMs },
];

/** What was observed, beside it how many calls failed, and how many were answered with what is not recorded. */
type Bucket = Omit<ObservationBucket, 'releaseId'> & {
  release: number | null;
  version: number | null;
  failed: number;
  unrecorded: number;
};
export type Monitor = { sliceMs: number; buckets: Bucket[] };

/** How finely the last days are shown, and since when: whole slices, because a first one that is cut off would look like a rise. */
export function slicesOfDays(days: number, now: Date): { sliceMs: number; since: string } {
  const sliceMs = slices.find(({ upToDays }) => days <= upToDays)?.sliceMs ?? 7 * dayMs;
  const since = Math.floor((now.getTime() - days * dayMs) / sliceMs) * sliceMs;
  return { sliceMs, since: new Date(since).toISOString() };
}

/** Volume, failures, feedback, latency and cost of the last days, by release. */
export async function monitor(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { days, now }: { days: number; now: Date },
): Promise<Monitor> {
  const { sliceMs, since } = slicesOfDays(days, now);
  const { observations, unobservedCalls } = workbench.stores;
  const keyOf = ({ start, releaseId }: Pick<ObservationBucket, 'start' | 'releaseId'>) => `${start} ${releaseId}`;
  const observed = (await observations.buckets(project.id, since, sliceMs)).map(
    (bucket) => [keyOf(bucket), { ...bucket, ...nothingUnobserved }] as const,
  );
  const found = new Map(observed);
  for (const bucket of await unobservedCalls.buckets(project.id, since, sliceMs)) {
    const { start, releaseId, failed, answered: unrecorded } = bucket;
    const beside = found.get(keyOf(bucket)) ?? { ...nothingObserved, start, releaseId };
    found.set(keyOf(bucket), { ...beside, failed, unrecorded });
  }
  const ordered = [...found.values()].sort((a, b) => a.start.localeCompare(b.start));
  const buckets = ordered.map(async ({ releaseId, ...bucket }) => ({
    ...bucket,
    release: releaseId,
    version: releaseId === null ? null : (await releasedVersion(workbench, releaseId)).version,
  }));
  return { sliceMs, buckets: await Promise.all(buckets) };
}

const nothingUnobserved: Pick<Bucket, 'failed' | 'unrecorded'> = { failed: 0, unrecorded: 0 };
const nothingObserved = { count: 0, up: 0, down: 0, latencyMeanMs: null, latencyMaxMs: null, costUsd: null };
