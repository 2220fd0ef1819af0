import { expect, test } from 'vitest';
import {
  formatDuration,
  formatInterval,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  formatPValue,
  formatUsd,
} from '../../server/cli/format.ts';

test('rates and intervals', () => {
  expect(formatPercent(0.84)).toBe('84.0 %');
  expect(formatPercent(null)).toBe('–');
  expect(formatInterval([0.714858, 0.916626])).toBe('71.5–91.7 %');
});

test('differences have a sign', () => {
  expect(formatPoints(0.18)).toBe('+18.0 points');
  expect(formatPointsInterval([-0.000083, 0.192391])).toBe('−0.0 to +19.2 points');
});

test('small costs keep digits that say something', () => {
  expect(formatUsd(0)).toBe('$0');
  expect(formatUsd(1.234)).toBe('$1.23');
  expect(formatUsd(0.01234)).toBe('$0.012');
  expect(formatUsd(0.00000042)).toBe('$0.00000042');
  expect(formatUsd(null)).toMatch(/unknown/);
});

test('durations', () => {
  expect(formatDuration(850)).toBe('850 ms');
  expect(formatDuration(12_340)).toBe('12.3 s');
  expect(formatDuration(185_000)).toBe('3 min 5 s');
  expect(formatDuration(7_800_000)).toBe('2 h 10 min');
  expect(formatDuration(59_960)).toBe('1 min 0 s');
});

test('p-values', () => {
  expect(formatPValue(0.03515625)).toBe('p = .035');
  expect(formatPValue(0.0000004)).toBe('p < .001');
  expect(formatPValue(1)).toBe('p = 1');
});
