import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { addVersion, type SeededProject, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
const params = { project: 'reviews' };
const request = { prompt: 'classify', set: 'labelled', model: testModel, split: 'all' as const, useCache: false };
let answer = 'positive';

beforeAll(async () => {
  test = await openTestWorkbench({ answer: ({ content }) => (content.includes('good') ? 'positive' : answer) });
  server = await serveForTest(test.workbench);
  seeded = await seedProject(test.workbench, { size: 20 });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const show = (run: number) => server.call('GET /api/runs/:run', { params: { run } });
async function runToEnd(about: Partial<typeof request> & { version?: number; note?: string } = {}): Promise<number> {
  const { id } = await server.call('POST /api/projects/:project/runs', { params, body: { ...request, ...about } });
  await vi.waitFor(async () => expect((await show(id)).status).toBe('completed'), 10_000);
  return id;
}

describe('runs', () => {
  let first: number;
  let second: number;

  it('are planned before anything is asked of a model', async () => {
    const before = test.server.count;
    const plan = await server.call('POST /api/projects/:project/runs/plan', { params, body: request });
    expect(plan).toMatchObject({ cases: 20, calls: 20, cachedCalls: 0, costUsd: 0, problems: [] });
    expect(plan.inputTokens).toBeGreaterThan(0);
    expect(test.server.count).toBe(before);
  });

  it('are started, and shown with their counts', async () => {
    first = await runToEnd({ note: 'the first' });
    expect(await show(first)).toMatchObject({
      project: 'reviews',
      prompt: 'classify',
      version: 1,
      set: 'labelled',
      setVersion: 1,
      model: testModel,
      note: 'the first',
      total: 20,
      done: 20,
      passed: 10,
      failed: 10,
      errors: 0,
      passRate: 0.5,
      standIn: false,
      codeVersion: '0.0.0-test',
    });
    const { runs } = await server.call('GET /api/projects/:project/runs', { params });
    expect(runs).toEqual([await show(first)]);
  });

  it('have results, which are found by outcome, split and text, in pages', async () => {
    const results = (query: Record<string, string | number>) =>
      server.call('GET /api/runs/:run/results', { params: { run: first }, query });
    const failed = await results({ outcome: 'failed' });
    expect(failed.results).toHaveLength(10);
    expect(failed.results[0]).toMatchObject({
      outcome: 'failed',
      output: 'positive',
      expected: 'negative',
      error: null,
    });
    expect((await results({ split: 'holdout' })).results).toHaveLength(5);
    expect((await results({ search: 'number 7' })).results.map(({ caseKey }) => caseKey)).toEqual(['case-7']);
    const one = await results({ limit: 12 });
    const two = await results({ limit: 12, after: one.after ?? 0 });
    expect([one.results.length, two.results.length, two.after]).toEqual([12, 8, null]);
    expect(await server.refusal('GET /api/runs/:run/results', { params: { run: 999 } })).toMatchObject({ status: 404 });
  });

  it('have results that show what was sent', async () => {
    const { results } = await server.call('GET /api/runs/:run/results', {
      params: { run: first },
      query: { limit: 1 },
    });
    const detail = await server.call('GET /api/results/:id', { params: { id: results[0]?.id ?? 0 } });
    expect(detail).toMatchObject({ run: first, caseKey: results[0]?.caseKey });
    expect(detail.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(detail.attempts).toHaveLength(1);
    expect(await server.refusal('GET /api/results/:id', { params: { id: 999_999 } })).toMatchObject({
      status: 404,
      code: 'result_missing',
    });
  });

  it('have results that people read', async () => {
    const { results } = await server.call('GET /api/runs/:run/results', {
      params: { run: first },
      query: { outcome: 'failed' },
    });
    const id = results[0]?.id ?? 0;
    const review = { category: 'sarcasm', note: 'It <b>means</b> the opposite.', author: 'Ada' };
    expect(await server.call('PUT /api/results/:id/review', { params: { id }, body: review })).toMatchObject(review);
    expect(await server.call('GET /api/projects/:project/categories', { params })).toEqual({
      categories: [{ category: 'sarcasm', count: 1 }],
    });
    const found = await server.call('GET /api/runs/:run/results', {
      params: { run: first },
      query: { category: 'sarcasm' },
    });
    expect(found.results.map((result) => [result.id, result.review?.note])).toEqual([[id, review.note]]);
    expect(
      await server.refusal('PUT /api/results/:id/review', { params: { id: 999_999 }, body: review }),
    ).toMatchObject({ status: 404, code: 'result_missing' });
  });

  it('are compared by case', async () => {
    await addVersion(test.workbench, seeded, 'Answer with one word.');
    answer = 'negative';
    second = await runToEnd({ version: 2 });
    const compared = await server.call('GET /api/compare/:a/:b', { params: { a: first, b: second } });
    expect(compared.comparison).toMatchObject({
      n: 20,
      fixed: 10,
      broken: 0,
      bothPass: 10,
      bothFail: 0,
      verdict: 'better',
    });
    expect(compared.cases.filter(({ group }) => group === 'fixed')).toHaveLength(10);
    const onHoldout = { params: { a: first, b: second }, query: { split: 'holdout' } };
    expect((await server.call('GET /api/compare/:a/:b', onHoldout)).comparison.n).toBe(5);
  });

  it('make the chart, with the target of the scope', async () => {
    const scope = scopeAsking({ targetPassRate: 0.9 });
    await server.call('PUT /api/projects/:project/scope', { params, body: { scope } });
    const chart = await server.call('GET /api/projects/:project/chart', { params });
    expect(chart.target).toBe(0.9);
    expect(chart.series.map(({ model, split }) => `${model} ${split}`).sort()).toEqual([
      `${testModel} dev`,
      `${testModel} holdout`,
    ]);
    expect(chart.series.find(({ split }) => split === 'dev')?.segments.flat()).toMatchObject([
      { run: first, version: 1, n: 15 },
      { run: second, version: 2, n: 15, passRate: 1 },
    ]);
  });

  it('are refused with what is missing, and where they ended', async () => {
    const start = (about: Partial<typeof request>) =>
      server.refusal('POST /api/projects/:project/runs', { params, body: { ...request, ...about } });
    expect(await start({ prompt: 'none' })).toMatchObject({ status: 404, code: 'prompt_missing' });
    expect(await start({ set: 'none' })).toMatchObject({ status: 404, code: 'eval_set_missing' });
    expect(await start({ model: 'none/none' })).toMatchObject({ status: 404, code: 'connection_missing' });
    expect(await start({ model: 'none' })).toMatchObject({ status: 400, code: 'model_reference_invalid' });
    const done = { params: { run: first } };
    expect(await server.refusal('POST /api/runs/:run/resume', done)).toMatchObject({ status: 409 });
    expect(await server.refusal('POST /api/runs/:run/pause', done)).toMatchObject({ status: 409, code: 'run_ended' });
    expect(await server.refusal('POST /api/runs/:run/cancel', done)).toMatchObject({ status: 409 });
    expect(await server.refusal('POST /api/runs/:run/retry-errors', done)).toMatchObject({
      status: 409,
      code: 'run_without_errors',
    });
  });
});

describe('scorers', () => {
  it('are listed with what they take', async () => {
    const { scorers } = await server.call('GET /api/scorers');
    expect(scorers.map(({ name }) => name)).toContain('label');
    expect(scorers.find(({ name }) => name === 'contains')?.argument).toMatchObject({ needed: expect.any(Boolean) });
  });
});
