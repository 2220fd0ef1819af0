import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { readMood, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
let delayMs = 0;

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood, delayMs: () => delayMs });
  server = await serveForTest(test.workbench);
  await seedProject(test.workbench, { size: 20 });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const show = (run: number) => server.call('GET /api/runs/:run', { params: { run } });
const start = () =>
  server.call('POST /api/projects/:project/runs', {
    params,
    body: { prompt: 'classify', set: 'labelled', model: testModel, split: 'all', useCache: false, concurrency: 2 },
  });

describe('a run under way', () => {
  it('is paused and goes on, asking only for what is missing', async () => {
    delayMs = 100;
    const before = test.server.count;
    const { id, status } = await start();
    expect(status).toBe('running');
    await vi.waitFor(() => expect(test.server.count).toBeGreaterThan(before + 2), 5000);
    const paused = await server.call('POST /api/runs/:run/pause', { params: { run: id } });
    expect(paused.status).toBe('paused');
    expect(paused.done).toBeLessThan(20);
    delayMs = 0;
    await server.call('POST /api/runs/:run/resume', { params: { run: id } });
    await vi.waitFor(async () => expect(await show(id)).toMatchObject({ status: 'completed', done: 20 }), 10_000);
    expect(test.server.count).toBe(before + 20);
  });

  it('is cancelled', async () => {
    delayMs = 300;
    const { id } = await start();
    const cancelled = await server.call('POST /api/runs/:run/cancel', { params: { run: id } });
    expect(cancelled.status).toBe('cancelled');
    expect((await show(id)).done).toBeLessThan(20);
  });
});
