import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { addVersion, runToEnd, type SeededProject, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const LIST = 'GET /api/projects/:project/runs';
const MATRIX = 'GET /api/projects/:project/matrix';
const params = { project: 'reviews' };
let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let runs: number[];

beforeAll(async () => {
  test = await openTestWorkbench({ answer: () => 'positive' });
  server = await serveForTest(test.workbench);
  seeded = await seedProject(test.workbench, { size: 8 });
  expect(await server.call(MATRIX, { params, query: {} })).toMatchObject({ scope: null, rows: [], models: [] });
  await addVersion(test.workbench, seeded, 'Say the mood.');
  runs = [];
  for (const version of [1, 1, 2]) runs.push((await runToEnd(test.workbench, seeded, { version })).id);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const archive = (run: number, archived: boolean) =>
  server.call('PATCH /api/runs/:run', { params: { run }, body: { archived } });

it('runs come in pages that fit together, with how many there are', async () => {
  const first = await server.call(LIST, { params, query: { limit: 2 } });
  expect(first).toMatchObject({ runs: [{ id: runs[2] }, { id: runs[1] }], count: 3, after: runs[1] });
  const second = await server.call(LIST, { params, query: { limit: 2, after: first.after ?? 0 } });
  expect(second).toMatchObject({ runs: [{ id: runs[0] }], count: 3, after: null });
  expect(await server.refusal(LIST, { params, query: { limit: 501 } })).toMatchObject({ code: 'request_invalid' });
});

it('archived runs are out of list, chart and matrix until they are asked for', async () => {
  await archive(runs[2] ?? 0, true);
  const ids = async (query = {}) => (await server.call(LIST, { params, query })).runs.map(({ id }) => id);
  expect(await ids()).toEqual([runs[1], runs[0]]);
  expect(await ids({ archived: 'with' })).toEqual([runs[2], runs[1], runs[0]]);
  expect(await ids({ archived: 'only', search: 'classify@2' })).toEqual([runs[2]]);
  const points = async (query = {}) =>
    (await server.call('GET /api/projects/:project/chart', { params, query })).series
      .filter(({ split }) => split === 'dev')
      .flatMap(({ segments }) => segments.flat().map(({ run }) => run));
  expect(await points()).toEqual([runs[0], runs[1]]);
  expect(await points({ archived: 'with' })).toEqual(runs);
  expect((await server.call('GET /api/projects/:project/runs/choices', { params })).archived).toBe(1);
  const { rows } = await server.call(MATRIX, { params, query: {} });
  expect(rows.map(({ version, cells }) => [version, cells[0]?.newest?.run])).toEqual([
    [2, undefined],
    [1, runs[1]],
  ]);
  await archive(runs[2] ?? 0, false);
});

it('the matrix is about one set version and split: by default what the newest run was made on', async () => {
  await test.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.9 }), 'Ada');
  const matrix = await server.call(MATRIX, { params, query: {} });
  expect(matrix).toMatchObject({
    scope: { set: 'labelled', setVersion: 1, split: 'dev' },
    cases: 6,
    newestSetVersion: 1,
    target: 0.9,
    sets: [{ set: 'labelled', versions: [1] }],
    models: [{ model: testModel, standIn: false }],
    rows: [
      { prompt: 'classify', version: 2, cells: [{ newest: { run: runs[2], n: 6, passRate: 0.5, errors: 0 } }] },
      { prompt: 'classify', version: 1, cells: [{ newest: { run: runs[1] } }] },
    ],
  });
  const all = await server.call(MATRIX, { params, query: { set: 'labelled', version: 1, split: 'all' } });
  expect(all).toMatchObject({ cases: 8, rows: [{ cells: [{ newest: { n: 8 } }] }, {}] });
  expect(await server.refusal(MATRIX, { params, query: { set: 'absent' } })).toMatchObject({
    code: 'eval_set_missing',
  });
  expect(await server.refusal(MATRIX, { params, query: { version: 7 } })).toMatchObject({
    code: 'eval_set_version_missing',
  });
});
