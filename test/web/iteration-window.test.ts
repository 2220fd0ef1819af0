import { describe, expect, it } from 'vitest';
import type { Series } from '../../web/src/components/iteration-points.ts';
import { medians } from '../../web/src/components/iteration-trend.ts';
import {
  bestPoint,
  inWindow,
  lastPlace,
  latestOfVersions,
  placesSeen,
} from '../../web/src/components/iteration-window.ts';
import { wrapped } from '../../web/src/components/wrapped.ts';
import { point, series } from './iteration-fixtures.ts';

const runsOf = (all: readonly Series[]) =>
  all.map(({ segments }) => segments.map((part) => part.map(({ run }) => run)));

describe('a window of iterations', () => {
  it('holds what lies in it, with the gaps that were there, and no empty series', () => {
    const all = [
      series([
        [point(1), point(3)],
        [point(4), point(6)],
      ]),
      series([[point(2)]], { model: 'b/two' }),
    ];
    expect(runsOf(inWindow(all, [3, 5]))).toEqual([[[30], [40]]]);
    expect(lastPlace(all)).toBe(6);
    expect(lastPlace([])).toBe(0);
  });
});

describe('the newest run of each version', () => {
  it('is there for each model, versions in the order of their first run', () => {
    const one = series([[point(1), point(3, { version: 2 }), point(5), point(7, { prompt: 'other' })]]);
    const two = series([[point(2), point(4, { version: 2 })]], { model: 'b/two' });
    const latest = latestOfVersions([one, two]);
    expect(runsOf(latest)).toEqual([[[50, 30, 70]], [[20, 40]]]);
    expect(latest.map(({ segments }) => segments.flat().map(({ iteration }) => iteration))).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
  });

  it('is not joined with one that was measured otherwise', () => {
    const [latest] = latestOfVersions([series([[point(1)], [point(2, { version: 2, setVersion: 2 })]])]);
    expect(latest?.segments).toHaveLength(2);
  });
});

describe('the best point', () => {
  it('is the one whose interval begins highest among those like the newest', () => {
    const sure = point(2, { passRate: 0.85, interval: [0.82, 0.88] });
    const lucky = point(3, { passRate: 0.95, interval: [0.76, 0.99] });
    const otherSet = point(1, { setVersion: 9, interval: [0.99, 1] });
    const all = [
      series([[otherSet], [sure, lucky, point(6)]]),
      series([[point(4, { interval: [0.95, 1] })]], { model: 'builtin/lexicon', standIn: true }),
      series([[point(5, { split: 'holdout', interval: [0.95, 1] })]], { split: 'holdout' }),
    ];
    expect(bestPoint(all)).toMatchObject({ run: 20, model: 'a/one', of: 3 });
    expect(bestPoint([])).toBeUndefined();
  });
});

describe('what is seen at first', () => {
  it('is less where each place has more points, or the drawing is narrow', () => {
    expect(placesSeen('runs', 10, false)).toBe(40);
    expect(placesSeen('runs', 10, true)).toBe(20);
    expect(placesSeen('versions', 2, false)).toBe(40);
    expect(placesSeen('versions', 10, false)).toBe(12);
    expect(placesSeen('versions', 10, true)).toBe(8);
  });
});

describe('the medians of a line', () => {
  it('follow what most points do, not the one that stands out', () => {
    const points = Array.from({ length: 9 }, (_, x) => ({ x, y: x === 4 ? 9 : 1 }));
    expect(medians(points)).toEqual(points.map(({ x }) => ({ x, y: 1 })));
    expect(medians([{ x: 1, y: 0.5 }])).toEqual([{ x: 1, y: 0.5 }]);
  });
});

describe('a line of a tooltip', () => {
  it('is broken where it would be cut off, between words where there are some', () => {
    expect(wrapped('short', 400)).toEqual(['short']);
    const lines = wrapped('Pass rate 80 % [70, 90], n=50, scored by label and by another one', 240);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length <= 28)).toBe(true);
    expect(lines.join(' ')).toBe('Pass rate 80 % [70, 90], n=50, scored by label and by another one');
  });

  it('is broken within a word that is too long, and between Chinese characters', () => {
    expect(wrapped('x'.repeat(60), 240).join('')).toBe('x'.repeat(60));
    const lines = wrapped('本地部署的情感分析模型第二版量化本地部署的情感分析模型', 240);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('本地部署的情感分析模型第二版量化本地部署的情感分析模型');
  });
});
