import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

let lab: RunLab;
let server: TestServer;
beforeAll(async () => {
  lab = await openRunLab({ cases: 6, server: { batches: { takesMs: 10 } } });
  server = await serveForTest(lab.workbench);
});
afterAll(async () => {
  await server.close();
  await lab.close();
});

it('says which models can be asked in batches, and for which part of the price', async () => {
  const mode = (model: string) => server.call('GET /api/batch-mode', { query: { model } });
  expect(await mode(testModel)).toEqual({ offered: true, share: 0.5 });
  for (const model of ['builtin/lexicon', 'nowhere/model', 'no reference']) {
    expect(await mode(model)).toEqual({ offered: false, share: null });
  }
});

it('starts a run in batches, and shows them; a live run has none', async () => {
  const started = await server.call('POST /api/projects/:project/runs', {
    params: { project: 'reviews' },
    body: { prompt: 'sentiment', set: 'reviews', model: testModel, mode: 'batch' },
  });
  expect(started).toMatchObject({ status: 'running', settings: { mode: 'batch' } });
  const batches = async (run: number) => (await server.call('GET /api/runs/:run/batches', { params: { run } })).batches;
  await expect
    .poll(() => batches(started.id), { timeout: 10_000 })
    .toMatchObject([{ number: 1, status: 'completed', requests: 5, completed: 5, settledAt: expect.any(String) }]);
  expect(await batches((await lab.run()).id)).toEqual([]);
});
