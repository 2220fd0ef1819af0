import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../web/src/pages/monitor/observation.ts';
import { countsOf, figuresOf, seriesOf, slicesOf, total } from '../../web/src/pages/monitor/slices.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-11-24T10:20:00Z');

const bucket = (start: number, about: Partial<Bucket> = {}): Bucket => ({
  start: new Date(start).toISOString(),
  release: 7,
  version: 2,
  count: 3,
  up: 1,
  down: 0,
  latencyMeanMs: null,
  latencyMaxMs: null,
  costUsd: null,
  failed: 0,
  unrecorded: 0,
  ...about,
});

describe('slices', () => {
  it('begin where the server’s do and end with the one that is still filling', () => {
    const slices = slicesOf({ sliceMs: HOUR, days: 1, now });
    expect(slices).toHaveLength(25);
    expect(new Date(slices[0] ?? 0).toISOString()).toBe('2026-11-23T10:00:00.000Z');
    expect(new Date(slices.at(-1) ?? 0).toISOString()).toBe('2026-11-24T10:00:00.000Z');
  });

  it('hold every instant of the time shown, without a gap', () => {
    const sliceMs = fc.constantFrom(HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR);
    fc.assert(
      fc.property(sliceMs, fc.constantFrom(1, 7, 30, 90), fc.nat(2_000_000_000_000), (sliceMs, days, now) => {
        const slices = slicesOf({ sliceMs, days, now });
        const [first = 0, last = 0] = [slices[0], slices.at(-1)];
        expect(first).toBeLessThanOrEqual(now - days * 24 * HOUR);
        expect(last + sliceMs).toBeGreaterThan(now);
        expect(slices.slice(1).every((start, index) => start - (slices[index] ?? 0) === sliceMs)).toBe(true);
      }),
    );
  });
});

describe('series', () => {
  const slices = slicesOf({ sliceMs: HOUR, days: 1, now });
  const at = (index: number) => slices[index] ?? 0;
  const buckets = [
    bucket(at(1), { release: null, version: null, count: 1 }),
    bucket(at(2), { release: 9, count: 5, costUsd: 0.25 }),
    bucket(at(2), { count: 2, latencyMeanMs: 120 }),
    bucket(at(4), { count: 4 }),
  ];

  it('are one a release, in the order of all releases, and look the same whatever else is shown', () => {
    const series = seriesOf(buckets, slices, [3, 7, 9]);
    expect(series.map(({ release, look }) => [release, look])).toEqual([
      [7, 1],
      [9, 2],
      [null, 3],
    ]);
    const alone = seriesOf(buckets.slice(2), slices, [3, 7, 9]);
    expect(alone.map(({ release, look }) => [release, look])).toEqual([[7, 1]]);
  });

  it('count none as zero while the release was in use, and as nothing before and after', () => {
    const [first] = seriesOf(buckets, slices, [7, 9]);
    if (first === undefined) throw new Error('no series');
    expect(countsOf(first, ({ count }) => count).slice(0, 7)).toEqual([null, null, 2, 0, 4, null, null]);
  });

  it('have no figure where none was reported', () => {
    const [first] = seriesOf(buckets, slices, [7, 9]);
    if (first === undefined) throw new Error('no series');
    expect(figuresOf(first, ({ latencyMeanMs }) => latencyMeanMs).slice(0, 5)).toEqual([null, null, 120, null, null]);
  });

  it('sum what is known', () => {
    expect(total(buckets, ({ count }) => count)).toBe(12);
    expect(total(buckets, ({ costUsd }) => costUsd)).toBe(0.25);
  });
});
