import { describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineSpans,
  breaksOf,
  modelsOf,
  newestPoint,
  type Point,
  plot,
  pointsInOrder,
  rateBounds,
} from '../../web/src/components/iteration-points.ts';
import { point as pointOf, series } from './iteration-fixtures.ts';

const point = (iteration: number, about: Partial<Point> = {}): Point =>
  pointOf(iteration, { version: iteration, ...about });

describe('the line of a series', () => {
  it('is interrupted between its segments', () => {
    const [line] = plot([series([[point(1), point(2)], [point(4)]])], ['a/one']);
    expect(line?.data.map(({ x, point }) => [x, point?.run ?? null])).toEqual([
      [1, 10],
      [2, 20],
      [3.5, null],
      [4, 40],
    ]);
    expect(line?.data[2]?.y).toBeNaN();
  });

  it('keeps a model’s look when another one is hidden', () => {
    const all = [series([[point(1)]]), series([[point(2)]], { model: 'b/two' })];
    const names = modelsOf(all).map(({ model }) => model);
    expect(plot(all.slice(1), names)[0]?.look).toBe(1);
  });
});

describe('breaks', () => {
  const onSecondSet = { setVersion: 2 };

  it('are shared by all series that one change interrupts', () => {
    const one = series([[point(1)], [point(6, onSecondSet)]]);
    const two = series([[point(2), point(3)], [point(5, onSecondSet)]], { model: 'b/two' });
    expect(breaksOf([one, two]).map(({ at }) => at)).toEqual([4.5]);
  });

  it('say what changed', () => {
    const [found] = breaksOf([series([[point(1)], [point(2, { scorers: ['exact'] })]])]);
    expect(found).toMatchObject({ at: 1.5, before: { scorers: ['label'] }, after: { scorers: ['exact'] } });
  });

  it('are none in one segment', () => {
    expect(breaksOf([series([[point(1), point(2)]])])).toEqual([]);
  });
});

describe('the line of a trained classifier', () => {
  const baseline: Baseline = {
    set: 'reviews',
    setVersion: 1,
    labelsUsed: 40,
    n: 40,
    passRate: 0.6,
    interval: [0.45, 0.74],
  };
  const other = { setVersion: 2 };

  it('lies beside the dev points of its set version, and has gaps where others lie between', () => {
    const dev = series([[point(1), point(3)], [point(4, other)], [point(5)]]);
    const holdout = series([[point(9, { split: 'holdout' })]], { split: 'holdout' });
    expect(baselineSpans([dev, holdout], [baseline]).map(({ from, to }) => [from, to])).toEqual([
      [0.5, 3.5],
      [4.5, 5.5],
    ]);
    expect(baselineSpans([dev, holdout], [])).toEqual([]);
  });

  it('is one for all models that answered the same cases', () => {
    const two = series([[point(2)]], { model: 'b/two' });
    expect(baselineSpans([series([[point(1), point(3)]]), two], [baseline])).toEqual([
      { ...baseline, from: 0.5, to: 3.5 },
    ]);
  });

  it('is within the axis with its interval', () => {
    expect(rateBounds(plot([series([[point(1)]])], ['a/one']), null, [baseline])).toEqual([0.4, 1]);
  });
});

describe('the axis of rates', () => {
  const bounds = (interval: [number, number], target: number | null = null) =>
    rateBounds(plot([series([[point(1, { interval })]])], ['a/one']), target);

  it('holds every interval and the target', () => {
    expect(bounds([0.13, 0.27], 0.9)).toEqual([0.1, 1]);
  });
  it('is never so narrow that noise looks like news', () => {
    expect(bounds([0.8, 0.85])).toEqual([0.6, 1]);
    expect(bounds([0, 0.04])).toEqual([0, 0.4]);
  });
  it('never leaves 0 to 1', () => {
    expect(bounds([0, 1])).toEqual([0, 1]);
  });
});

it('goes through points from left to right, dev before holdout of one run', () => {
  const dev = series([[point(1), point(2)]]);
  const holdout = series([[point(1, { split: 'holdout' })]], { split: 'holdout' });
  const order = pointsInOrder(plot([holdout, dev], ['a/one'])).map(({ datum }) => datum.point);
  expect(order.map((one) => `${one?.iteration} ${one?.split}`)).toEqual(['1 dev', '1 holdout', '2 dev']);
});

it('takes the newest iteration for the summary', () => {
  expect(newestPoint([series([[point(3)]]), series([[point(5)]], { model: 'b/two' })])).toMatchObject({
    iteration: 5,
    model: 'b/two',
  });
  expect(newestPoint([])).toBeUndefined();
});
