import type { Project } from '../../domain/project.ts';
import type { ObservationBucket } from '../../storage/observation-store.ts';
import type { Workbench } from '../workbench.ts';
import { releasedVersion } from './list-observations.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Slices that show some 12 to 60 points; days and weeks are those of UTC. */
const slices: readonly { upToDays: number; sliceMs: number }[] = [
  { upToDays: 1, sliceMs: hour },
  { upToDays: 7, sliceMs: 6 * hour },
  { upToDays: 60, sliceMs: day },
];

export type Monitor = {
  sliceMs: number;
  buckets: (Omit<ObservationBucket, 'releaseId'> & { release: number | null; version: number | null })[];
};

/** Volume, feedback, latency and cost of the last days, by release. */
export async function monitor(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { days, now }: { days: number; now: Date },
): Promise<Monitor> {
  const sliceMs = slices.find(({ upToDays }) => days <= upToDays)?.sliceMs ?? 7 * day;
  // Whole slices: a first one that is cut off would look like a rise.
  const since = Math.floor((now.getTime() - days * day) / sliceMs) * sliceMs;
  const { observations } = workbench.stores;
  const found = await observations.buckets(project.id, new Date(since).toISOString(), sliceMs);
  const buckets = found.map(async ({ releaseId, ...bucket }) => ({
    ...bucket,
    release: releaseId,
    version: releaseId === null ? null : (await releasedVersion(workbench, releaseId)).version,
  }));
  return { sliceMs, buckets: await Promise.all(buckets) };
}
