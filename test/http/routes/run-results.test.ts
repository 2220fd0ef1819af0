import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let run: number;
const params = { project: 'reviews' };
const answer = 'positive';

beforeAll(async () => {
  test = await openTestWorkbench({ answer: ({ content }) => (content.includes('good') ? 'positive' : answer) });
  server = await serveForTest(test.workbench);
  await seedProject(test.workbench, { size: 20 });
  const body = { prompt: 'classify', set: 'labelled', model: testModel, split: 'all' as const, useCache: false };
  run = (await server.call('POST /api/projects/:project/runs', { params, body })).id;
  await vi.waitFor(async () => expect((await show()).status).toBe('completed'), 10_000);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const show = () => server.call('GET /api/runs/:run', { params: { run } });

describe('a breakdown', () => {
  it('has groups, the matrix and what answers took', async () => {
    const found = await server.call('GET /api/runs/:run/breakdown', { params: { run } });
    expect(found.byLabel.map(({ key, n, passRate }) => [key, n, passRate])).toEqual([
      ['negative', 10, 0],
      ['positive', 10, 1],
    ]);
    expect(found.byLanguage).toMatchObject([{ key: 'latin', n: 20 }]);
    expect(found.bySplit.map(({ key, n }) => [key, n])).toEqual([
      ['dev', 15],
      ['holdout', 5],
    ]);
    expect(found.confusion?.rows[0]).toMatchObject({
      label: 'negative',
      cells: [{ count: 0 }, { count: 10, passed: 0 }],
    });
    expect(found.errors).toEqual([]);
    expect(found.latencyMs).toMatchObject({ n: 20 });
    expect(await server.refusal('GET /api/runs/:run/breakdown', { params: { run: 999 } })).toMatchObject({
      status: 404,
      code: 'run_missing',
    });
  });

  it('leads to the cases of a cell', async () => {
    const query = { label: 'negative', answer: 'positive' };
    const { results } = await server.call('GET /api/runs/:run/results', { params: { run }, query });
    expect(results).toHaveLength(10);
    expect(results.every(({ expected, output }) => expected === 'negative' && output === 'positive')).toBe(true);
  });
});
