import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { sendTrace, traceAt } from '../../fixtures/sent-traces.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };

beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  await seedProject(test.workbench, { size: 4 });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

it('lists, narrows and shows what programs sent, spans as a tree', async () => {
  await sendTrace(server.url, traceAt(1, { answer: '<b>positive</b>' }));
  await sendTrace(server.url, traceAt(2, { failure: 'rate limited' }));
  const list = async (query: Record<string, string | number> = {}) =>
    (await server.call('GET /api/projects/:project/traces', { params, query })).traces;
  const [second, first] = await list();
  expect(first).toMatchObject({ name: 'handle review', service: 'reviews', spans: 4, errors: 0, durationMs: 900 });
  expect(second).toMatchObject({ errors: 1, costUsd: null, unpriced: 1 });
  expect(await list({ before: second?.id ?? 0 })).toEqual([first]);
  expect(await list({ errors: 'true' })).toEqual([second]);
  expect(await list({ minCostUsd: 0.0001, model: 'openai/gpt-5-mini', minMs: 900, search: 'positive' })).toEqual([
    first,
  ]);
  expect(await list({ minMs: 901 })).toEqual([]);
  const trace = first?.traceId ?? '';
  const shown = await server.call('GET /api/projects/:project/traces/:trace', { params: { ...params, trace } });
  expect(shown.trace).toEqual(first);
  expect(shown.spans.map(({ depth, type, startMs }) => [depth, type, startMs])).toEqual([
    [0, 'other', 0],
    [1, 'retrieval', 50],
    [1, 'agent', 200],
    [2, 'model_call', 300],
  ]);
  const chat = shown.spans[3]?.spanId ?? '';
  const key = 'GET /api/projects/:project/traces/:trace/spans/:span';
  const span = await server.call(key, { params: { ...params, trace, span: chat } });
  expect(span).toMatchObject({ finishReason: 'stop', output: [{ content: '<b>positive</b>' }] });
  const { observations } = await server.call('GET /api/projects/:project/observations', { params });
  expect(observations).toMatchObject([
    { id: span.observation, traceId: trace, spanId: chat, model: 'openai/gpt-5-mini', latencyMs: 500 },
  ]);
  expect(await server.call('GET /api/projects/:project/trace-summary', { params })).toEqual({
    traces: 2,
    oldestAt: first?.startedAt,
    models: ['openai/gpt-5-mini'],
  });
});

it('says what is not there, and deletes by age what was sent, not what was observed', async () => {
  const missing = { params: { ...params, trace: 'f'.repeat(32) } };
  expect(await server.refusal('GET /api/projects/:project/traces/:trace', missing)).toMatchObject({
    status: 404,
    code: 'trace_missing',
  });
  const old = { params, body: { olderThanDays: 30 } };
  expect(await server.call('POST /api/projects/:project/traces/delete', old)).toEqual({ deleted: 2 });
  const { observations } = await server.call('GET /api/projects/:project/observations', { params });
  expect(observations).toHaveLength(1);
});
