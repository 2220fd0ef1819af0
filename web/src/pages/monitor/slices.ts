import type { Bucket } from './observation.ts';

/** What was observed of one release, a place for every slice; null where nothing was. */
export type ReleaseSeries = {
  release: number | null;
  version: number | null;
  /** Which colour and sign it has, the same whatever else is shown. */
  look: number;
  buckets: readonly (Bucket | null)[];
};

const DAY = 86_400_000;

/** Starts of all slices of the last days, those without a call too; whole slices, as the server cuts them. */
export function slicesOf({ sliceMs, days, now }: { sliceMs: number; days: number; now: number }): number[] {
  const first = Math.floor((now - days * DAY) / sliceMs);
  const last = Math.floor(now / sliceMs);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * sliceMs);
}

/**
 * The buckets as series, a release each, in the order of `known`: all releases of the project, oldest first, so that each looks the same whatever is
 * shown. Calls that named none come last.
 */
export function seriesOf(
  buckets: readonly Bucket[],
  slices: readonly number[],
  known: readonly number[],
): ReleaseSeries[] {
  const lookOf = (release: number | null) => {
    const index = release === null ? -1 : known.indexOf(release);
    return index < 0 ? known.length : index;
  };
  return [...Map.groupBy(buckets, ({ release }) => release)]
    .map(([release, own]) => {
      const byStart = new Map(own.map((bucket) => [Date.parse(bucket.start), bucket]));
      return {
        release,
        version: own[0]?.version ?? null,
        look: lookOf(release),
        buckets: slices.map((start) => byStart.get(start) ?? null),
      };
    })
    .sort((a, b) => a.look - b.look);
}

/** A count of each slice: none is zero while the release was in use, and nothing before and after. */
export function countsOf({ buckets }: ReleaseSeries, count: (bucket: Bucket) => number): (number | null)[] {
  const [first, last] = [buckets.findIndex(Boolean), buckets.findLastIndex(Boolean)];
  return buckets.map((bucket, index) => {
    if (bucket !== null) return count(bucket);
    return index > first && index < last ? 0 : null;
  });
}

/** A figure of each slice that has one. */
export const figuresOf = ({ buckets }: ReleaseSeries, figure: (bucket: Bucket) => number | null): (number | null)[] =>
  buckets.map((bucket) => (bucket === null ? null : figure(bucket)));

export const total = (buckets: readonly Bucket[], count: (bucket: Bucket) => number | null): number =>
  buckets.reduce((sum, bucket) => sum + (count(bucket) ?? 0), 0);
