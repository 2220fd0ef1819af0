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

export type Monitor = {
  sliceMs: number;
  buckets: (Omit<ObservationBucket, 'releaseId'> & { release: number | null; version: number | null })[];
};

/** How finely the last days are shown, and since when: whole slices, because a first one that is cut off would look like a rise. */
export function slicesOfDays(days: number, now: Date): { sliceMs: number; since: string } {
  const sliceMs = slices.find(({ upToDays }) => days <= upToDays)?.sliceMs ?? 7 * dayMs;
  const since = Math.floor((now.getTime() - days * dayMs) / sliceMs) * sliceMs;
  return { sliceMs, since: new Date(since).toISOString() };
}

/** Volume, feedback, latency and cost of the last days, by release. */
export async function monitor(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { days, now }: { days: number; now: Date },
): Promise<Monitor> {
  const { sliceMs, since } = slicesOfDays(days, now);
  const { observations } = workbench.stores;
  const found = await observations.buckets(project.id, since, sliceMs);
  const buckets = found.map(async ({ releaseId, ...bucket }) => ({
    ...bucket,
    release: releaseId,
    version: releaseId === null ? null : (await releasedVersion(workbench, releaseId)).version,
  }));
  return { sliceMs, buckets: await Promise.all(buckets) };
}
