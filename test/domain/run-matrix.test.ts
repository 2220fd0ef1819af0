import { expect, it } from 'vitest';
import { type MatrixRun, runMatrix } from '../../server/domain/run-matrix.ts';

const rates = (passed: number, n: number) => ({
  passed,
  failed: n - passed,
  noAnswer: 0,
  errors: 0,
  n,
  passRate: passed / n,
  interval: [0, 1] as const,
});
const run = (id: number, more: Partial<MatrixRun> = {}): MatrixRun => ({
  id,
  status: 'completed',
  prompt: 'mood',
  version: 1,
  model: 'openai/a',
  standIn: false,
  set: 'dinner',
  setVersion: 2,
  split: 'dev',
  scorers: ['exact'],
  ...rates(id, 100),
  bySplit: { dev: rates(id, 100) },
  ...more,
});
const scope = { set: 'dinner', setVersion: 2, split: 'dev' } as const;
const cellOf = (runs: MatrixRun[], split: 'dev' | 'holdout' | 'all' = 'dev') =>
  runMatrix(runs, { ...scope, split }, []).rows[0]?.cells[0];

it('has a row a version that ran on the set and the newest of its prompt, a column a model', () => {
  const runs = [
    run(5, { model: 'openai/b', version: 2 }),
    run(4, { set: 'other', model: 'openai/c' }),
    run(3, { prompt: 'alike' }),
    run(2),
  ];
  const newest = [
    { prompt: 'mood', version: 4 },
    { prompt: 'alike', version: 1 },
    { prompt: 'never', version: 1 },
  ];
  const { models, rows } = runMatrix(runs, scope, newest);
  expect(models.map(({ model }) => model)).toEqual(['openai/a', 'openai/b']);
  expect(rows.map(({ prompt, version }) => `${prompt}@${version}`)).toEqual(['alike@1', 'mood@4', 'mood@2', 'mood@1']);
  expect(rows.map(({ cells }) => cells.map(({ newest }) => newest?.run ?? null))).toEqual([
    [3, null],
    [null, null],
    [null, 5],
    [2, null],
  ]);
});

it('takes the newest run that has ended, and says which newer one is under way', () => {
  expect(cellOf([run(9, { status: 'running' }), run(8, { status: 'cancelled' }), run(7), run(6)])).toMatchObject({
    newest: { run: 7, passRate: 0.07, n: 100 },
    underWay: 9,
    elsewhere: null,
  });
  expect(cellOf([run(9), run(8, { status: 'running' })])).toMatchObject({ newest: { run: 9 }, underWay: null });
});

it('reads one split of a run of all cases, and takes only such a run for all', () => {
  const all = run(3, { split: 'all', ...rates(50, 150), bySplit: { dev: rates(40, 100), holdout: rates(10, 50) } });
  expect(cellOf([all])).toMatchObject({ newest: { run: 3, n: 100, passRate: 0.4 } });
  expect(cellOf([all], 'holdout')).toMatchObject({ newest: { run: 3, n: 50, passRate: 0.2 } });
  expect(cellOf([run(4), all], 'all')).toMatchObject({ newest: { run: 3, n: 150 } });
});

it('names a run on another version of the set where there is none on this one', () => {
  expect(cellOf([run(4, { setVersion: 1 })])).toMatchObject({ newest: null, elsewhere: { run: 4, setVersion: 1 } });
  expect(cellOf([run(5), run(4, { setVersion: 1 })])).toMatchObject({ newest: { run: 5 }, elsewhere: null });
});
