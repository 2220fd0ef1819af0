import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ResultId, RunId } from '../../../server/domain/ids.ts';
import { resultDetail } from '../../../server/services/evaluate/results.ts';
import { retryResult } from '../../../server/services/evaluate/retry-result.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let run: number;
const params = { project: 'reviews' };
let answer = 'positive';

beforeAll(async () => {
  test = await openTestWorkbench({
    answer: ({ content }) => (content.includes('good') ? 'positive' : answer),
  });
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

describe('a list', () => {
  it('has counts under any filter, and pages from any place', async () => {
    const counts = (query: Record<string, string>) =>
      server.call('GET /api/runs/:run/result-counts', { params: { run }, query });
    expect(await counts({})).toEqual({ passed: 10, failed: 10, noAnswer: 0, errors: 0 });
    expect(await counts({ split: 'dev', label: 'negative' })).toEqual({
      passed: 0,
      failed: 8,
      noAnswer: 0,
      errors: 0,
    });
    const all = (await resultsOf({ limit: 20 })).results;
    expect((await resultsOf({ skip: 12, limit: 5 })).results).toEqual(all.slice(12, 17));
    expect(await resultsOf({ skip: 20 })).toEqual({ results: [], after: null });
    const place = (query: { result: number; outcome?: 'passed' }) =>
      server.call('GET /api/runs/:run/result-place', { params: { run }, query });
    expect(await place({ result: all[12]?.id ?? 0 })).toEqual({ place: 12 });
    expect(await place({ result: all[12]?.id ?? 0, outcome: 'passed' })).toEqual({ place: 2 });
    expect(await place({ result: all[0]?.id ?? 0, outcome: 'passed' })).toEqual({ place: null });
  });
});

describe('an export', () => {
  it('is a table that a spreadsheet reads as text, failures first', async () => {
    answer = '=HYPERLINK("http://x", "positive")';
    const other = await runAgain();
    const response = await server.send('GET /api/runs/:run/results.csv', { params: { run: other } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=run-${other}.csv`);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(text.startsWith('\uFEFFresult,case,repeat,attempt,split,tags,outcome,input,expected,output,')).toBe(true);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(21);
    expect(lines[1]).toContain(`,"'=HYPERLINK(""http://x"", ""positive"")",`);
    expect(lines.at(-1)).toContain(',passed,');
  });

  it('is lines of JSON, by the same filters as the page', async () => {
    const query = { outcome: 'passed', split: 'holdout' };
    const response = await server.send('GET /api/runs/:run/results.jsonl', { params: { run }, query });
    const lines = (await response.text()).trimEnd().split('\n');
    const { results } = await server.call('GET /api/runs/:run/results', { params: { run }, query });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(results);
    expect(await server.refusal('GET /api/runs/:run/results.csv', { params: { run: 999 } })).toMatchObject({
      status: 404,
    });
  });
});

describe('one result', () => {
  it('is asked for again, and the run counts the new answer', async () => {
    const [before] = (await resultsOf({ outcome: 'failed', limit: 1 })).results;
    if (before === undefined) throw new Error('ten failed');
    answer = 'negative';
    const asked = test.server.count;
    const after = await server.call('POST /api/results/:id/retry', { params: { id: before.id } });
    expect(test.server.count).toBe(asked + 1);
    expect(after).toMatchObject({
      caseKey: before.caseKey,
      attempt: 2,
      outcome: 'passed',
      output: 'negative',
      fromCache: false,
    });
    expect(after.attempts.map(({ id, output }) => [id, output])).toEqual([
      [before.id, 'positive'],
      [after.id, 'negative'],
    ]);
    expect(await show()).toMatchObject({ status: 'completed', total: 20, done: 20, passed: 11, failed: 9, errors: 0 });
    const { byLabel } = await server.call('GET /api/runs/:run/breakdown', { params: { run } });
    expect(byLabel[0]).toMatchObject({ key: 'negative', passed: 1 });
    expect(await retryRefusal(before.id)).toMatchObject({ status: 409, code: 'result_superseded' });
    expect(await retryRefusal(999_999)).toMatchObject({ status: 404, code: 'result_missing' });
  });

  it('is not asked for while the run executes, and leaves it as it stands', async () => {
    const [item] = (await resultsOf({ outcome: 'passed', limit: 1 })).results;
    const id = item?.id ?? 0;
    await test.workbench.stores.runs.claim(run as RunId, 'elsewhere:1:other', 60_000);
    expect(await retryRefusal(id)).toMatchObject({ status: 409, code: 'run_executes' });
    await test.workbench.stores.runs.rest(run as RunId, 'elsewhere:1:other', {
      status: 'paused',
      reason: 'why',
      wallMs: 5,
    });
    expect(await show()).toMatchObject({ status: 'paused', statusReason: 'why', done: 20, passed: 11, failed: 9 });
  });

  it('is not asked of a model that the scope forbids by now', async () => {
    const [item] = (await resultsOf({ limit: 1 })).results;
    await server.call('PUT /api/projects/:project/scope', {
      params,
      body: { scope: scopeAsking({ dataMayLeave: false }) },
    });
    const { providers } = test.workbench;
    const provider = await providers.get('openai');
    const far = vi.spyOn(providers, 'get').mockResolvedValue({ ...provider, destination: 'network' });
    const asked = test.server.count;
    expect(await retryRefusal(item?.id ?? 0)).toMatchObject({ status: 403, code: 'data_may_not_leave' });
    expect(test.server.count).toBe(asked);
    far.mockRestore();
    expect(await show()).toMatchObject({ status: 'paused' });
  });

  it('stands where the model can not be asked at all', async () => {
    const locked = await openTestWorkbench({ requireKey: 'another-key' });
    const seeded = await seedProject(locked.workbench, { size: 4 });
    const failed = await runToEnd(locked.workbench, seeded);
    const [item] = await locked.workbench.stores.results.page(failed.id);
    const id = item?.result.id ?? (0 as ResultId);
    await expect(retryResult(locked.workbench, id)).rejects.toMatchObject({ code: 'no_new_answer' });
    expect(await locked.workbench.stores.runs.get(failed.id)).toMatchObject({
      status: 'failed',
      statusReason: failed.statusReason,
    });
    expect((await resultDetail(locked.workbench, id)).attempts).toHaveLength(1);
    await locked.close();
  });
});

const runAgain = async () => {
  const body = { prompt: 'classify', set: 'labelled', model: testModel, split: 'all' as const, useCache: false };
  const { id } = await server.call('POST /api/projects/:project/runs', { params, body });
  await vi.waitFor(
    async () => expect((await server.call('GET /api/runs/:run', { params: { run: id } })).status).toBe('completed'),
    10_000,
  );
  return id;
};
const resultsOf = (query: Record<string, string | number>) =>
  server.call('GET /api/runs/:run/results', { params: { run }, query });
const retryRefusal = (id: number) => server.refusal('POST /api/results/:id/retry', { params: { id } });
