import { expect, it } from 'vitest';
import {
  bestOf,
  comparable,
  type MatrixCell,
  type Measured,
  toneOf,
  usualScorers,
} from '../../web/src/pages/runs/matrix-reading.ts';

const measured = (run: number, interval: [number, number], scorers = ['exact']): Measured => ({
  run,
  interval,
  scorers,
  n: 100,
  errors: 0,
  passRate: (interval[0] + interval[1]) / 2,
});
const cell = (newest: Measured | null): MatrixCell => ({ newest, underWay: null, elsewhere: null });
const row = (...cells: MatrixCell[]) => ({ prompt: 'mood', version: 1, cells });

it('judges a cell by its whole interval against the target', () => {
  expect(toneOf(measured(1, [0.8, 0.9]), 0.8, undefined)).toBe('above');
  expect(toneOf(measured(1, [0.7, 0.9]), 0.8, undefined)).toBe('around');
  expect(toneOf(measured(1, [0.6, 0.79]), 0.8, undefined)).toBe('below');
});

it('judges it by the best where there is no target, which is not the best by few cases', () => {
  const [wide, sure, low] = [measured(1, [0.4, 1]), measured(2, [0.7, 0.8]), measured(3, [0.5, 0.69])];
  const best = bestOf([row(cell(wide), cell(sure)), row(cell(low), cell(null))]);
  expect(best).toBe(sure);
  expect([wide, sure, low].map((one) => toneOf(one, null, best))).toEqual(['open', 'open', 'worse']);
});

it('knows how most were scored, and which runs can be compared', () => {
  const cells = [5, 2, 9, 1, 4, 3, 8].map((run) => cell(measured(run, [0, 1], run > 7 ? ['label'] : ['exact'])));
  expect(usualScorers([row(...cells)])).toBe('exact');
  expect(comparable([...cells, cell(null), undefined])).toEqual([2, 3, 4, 5, 8, 9]);
});
