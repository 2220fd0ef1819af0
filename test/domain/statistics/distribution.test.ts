import { assert, double, integer, array as list, property } from 'fast-check';
import { expect, it } from 'vitest';
import { distribution } from '../../../server/domain/statistics/distribution.ts';

const of = (values: readonly number[], whole = false) => distribution(Float64Array.from(values), { whole });

it('has no distribution of nothing, and one bin of one value', () => {
  expect(of([])).toBeNull();
  expect(of([7])).toMatchObject({ n: 1, min: 7, p5: 7, p50: 7, p95: 7, max: 7, bins: [{ from: 7, count: 1 }] });
});

it('takes percentiles by nearest rank', () => {
  const found = of(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(found).toMatchObject({ n: 100, min: 1, p5: 5, p25: 25, p50: 50, p75: 75, p95: 95, max: 100 });
});

it('puts whole numbers in bins of whole width', () => {
  expect(of([1, 1, 2, 3], true)?.bins).toEqual([
    { from: 1, to: 2, count: 2 },
    { from: 2, to: 3, count: 1 },
    { from: 3, to: 4, count: 1 },
  ]);
});

it('does not let one slow call press all others into one bar', () => {
  const bins = of([...Array.from({ length: 99 }, (_, index) => 100 + index), 60_000])?.bins ?? [];
  expect(bins.at(-1)?.count).toBe(1);
  expect(Math.max(...bins.map(({ count }) => count))).toBeLessThan(20);
});

it('counts every value once, in at most 20 bins, with the percentiles in order', () => {
  const check = (values: readonly number[], whole: boolean) => {
    const found = of(values, whole);
    if (found === null) return;
    const { bins, min, p5, p25, p50, p75, p95, max } = found;
    expect(bins.length).toBeLessThanOrEqual(20);
    expect(bins.reduce((total, { count }) => total + count, 0)).toBe(values.length);
    const ordered = [min, p5, p25, p50, p75, p95, max];
    expect(ordered.toSorted((a, b) => a - b)).toEqual(ordered);
  };
  assert(property(list(double({ min: 0, max: 1e6, noNaN: true })), (values) => check(values, false)));
  assert(property(list(integer({ min: 0, max: 5_000 })), (values) => check(values, true)));
});
