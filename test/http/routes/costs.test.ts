import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseId } from '../../../server/domain/ids.ts';
import { setPrice } from '../../../server/services/models/prices.ts';
import { recordObservation } from '../../../server/services/monitor/record-observation.ts';
import type { NewSpan } from '../../../server/storage/trace-store.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { releasePrompts } from '../../fixtures/released-prompts.ts';
import { type SeededProject, scopeAsking } from '../../fixtures/seeded-project.ts';
import { traceSpan } from '../../fixtures/trace-spans.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  seeded = await releasePrompts(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

type Query = Readonly<Record<string, string | number>>;
const plan = (query: Query = {}) => server.call('GET /api/costs', { query });
const mini = 'openai/gpt-5-mini';

describe('a plan of costs', () => {
  it('takes words for 4/3 tokens each, and has all that is priced or answers, but no stand-in and no embeddings', async () => {
    const { usage, measured, callsPerMonth, models } = await plan({ in: 300, out: 75, calls: 1200 });
    expect({ usage, measured, callsPerMonth }).toEqual({
      usage: { inputTokens: 400, outputTokens: 100, cachedInputTokens: 0 },
      measured: null,
      callsPerMonth: 1200,
    });
    const names = models.map(({ reference }) => reference);
    expect(names).toEqual(expect.arrayContaining([testModel, mini, 'local/smollm2-135m']));
    expect(names).not.toContain('builtin/lexicon');
    expect(names).not.toContain('openai/text-embedding-3-small');
    // 400 × 0.25 + 100 × 2 = 300 millionths.
    const model = models.find(({ reference }) => reference === mini);
    expect(model).toMatchObject({ answers: false, own: false, batchShare: 0.5, allowed: true, aboveBudget: null });
    expect(model?.cost?.perCall).toBeCloseTo(0.0003, 12);
    expect(model?.cost?.perMonth).toBeCloseTo(0.36, 9);
    expect(model?.cost?.perYear).toBeCloseTo(4.32, 9);
    expect(model?.cost?.per1000Batch).toBeCloseTo(0.15, 9);
    const free = models.find(({ reference }) => reference === testModel);
    expect(free).toMatchObject({ answers: true, cost: { perMonth: 0 } });
  });

  it('counts cached input, batches and calls a day', async () => {
    const asked = { from: 'tokens', in: 1000, out: 0, cached: 0.5, batch: 0.5, calls: 12, per: 'day', models: mini };
    const { usage, callsPerMonth, models } = await plan(asked);
    expect(usage).toMatchObject({ inputTokens: 1000, cachedInputTokens: 500 });
    expect(callsPerMonth).toBe(365);
    expect(models.map(({ reference }) => reference)).toEqual([mini]);
    // (500 × 0.25 + 500 × 0.025) / 1,000,000 × (½ + ½ × ½)
    expect(models[0]?.cost?.perCall).toBeCloseTo(0.0001375 * 0.75, 12);
  });

  it('has the mean size of the calls of a run, and how long this machine takes for them', async () => {
    const { usage, measured, models } = await plan({ from: 'run', run: 1, models: testModel, calls: 100 });
    expect(measured).toBe(8);
    expect(usage.inputTokens).toBeGreaterThan(0);
    expect(models[0]?.msPerMonth).toBeGreaterThan(0);
    const cached = (await plan({ from: 'run', run: 1, cached: 0.5 })).usage;
    expect(cached.cachedInputTokens).toBeCloseTo(cached.inputTokens / 2, 9);
  });

  it('has the mean size of what was observed of a release, and refuses where nothing was', async () => {
    const [release] = (await server.call('GET /api/projects/:project/releases', { params: { project: 'reviews' } }))
      .releases;
    const id = release?.id as ReleaseId;
    expect(await server.refusal('GET /api/costs', { query: { from: 'release', release: id } })).toMatchObject({
      status: 404,
      code: 'usage_missing',
    });
    for (const [inputTokens, outputTokens] of [
      [100, 10],
      [300, 20],
    ]) {
      const call = { release: id, input: {}, output: 'x', inputTokens, outputTokens };
      await recordObservation(test.workbench, seeded.project, call);
    }
    await recordObservation(test.workbench, seeded.project, { release: id, input: {}, output: 'tokens not said' });
    expect(await plan({ from: 'release', release: id })).toMatchObject({
      measured: 2,
      usage: { inputTokens: 200, outputTokens: 15, cachedInputTokens: 0 },
    });
  });

  it('has the cached share of those calls that say it in a trace', async () => {
    const [, other] = (await server.call('GET /api/projects/:project/releases', { params: { project: 'reviews' } }))
      .releases;
    const release = other?.id as ReleaseId;
    const call = { releaseId: release, projectId: seeded.project.id, input: {}, output: 'x', latencyMs: null };
    const rest = { costUsd: null, feedback: null, feedbackNote: '', model: null, outputTokens: 10 };
    const { statusMessage: _message, ...span } = traceSpan();
    const traced: NewSpan = {
      ...span,
      traceId: 'a1',
      spanId: 'b1',
      type: 'model_call',
      service: 'shop',
      error: null,
      costUsd: null,
      model: testModel,
      servedModel: null,
      finishReason: null,
      input: [],
      output: [],
      inputTokens: 100,
      outputTokens: 10,
      cachedInputTokens: 40,
    };
    const { observations, traces } = test.workbench.stores;
    await observations.add({ ...call, ...rest, inputTokens: 300, traceId: null, spanId: null });
    await observations.add({ ...call, ...rest, inputTokens: 100, traceId: 'a1', spanId: 'b1' });
    await traces.add(seeded.project.id, [traced]);
    expect(await plan({ from: 'release', release })).toMatchObject({
      measured: 2,
      usage: { inputTokens: 200, cachedInputTokens: 80, outputTokens: 10 },
    });
  });

  it('says which models cost more than the scope allows, and which its data may not go to', async () => {
    const { projects } = test.workbench.stores;
    const scope = scopeAsking({ dataMayLeave: false, maxCostUsdPer1000Calls: 0.3 });
    await projects.saveScope(seeded.project.id, scope, '');
    await setPrice(test.workbench, {
      kind: 'price',
      subject: 'far/small',
      value: { input: 0.1, cachedInput: null, output: 0.1 },
      asOf: '2026-11-30',
      source: 'a list',
      author: '',
    });
    const asked = { project: 'reviews', from: 'tokens', in: 400, out: 100, models: `far/small,${mini},far/unknown` };
    const { maxCostUsdPer1000Calls, dataMayLeave, models } = await plan(asked);
    expect({ maxCostUsdPer1000Calls, dataMayLeave }).toEqual({ maxCostUsdPer1000Calls: 0.3, dataMayLeave: false });
    expect(models).toMatchObject([
      { reference: 'far/small', destination: 'network', allowed: false, own: true, aboveBudget: false },
      // The server of the tests is on this machine. What costs exactly as much as allowed is not above it.
      { reference: mini, allowed: true, own: false, aboveBudget: false },
      { reference: 'far/unknown', price: null, cost: null, aboveBudget: null },
    ]);
    expect((await plan({ ...asked, out: 101 })).models[1]).toMatchObject({ aboveBudget: true });
  });

  it('is a file for spreadsheets, in which nothing is a formula', async () => {
    const query = { from: 'tokens', in: 400, out: 100, models: `${mini},=cmd/x` };
    const response = await server.send('GET /api/costs.csv', { query });
    expect(response.headers.get('content-disposition')).toContain('costs.csv');
    const [head, first, second] = (await response.text()).split('\r\n');
    expect(head).toContain('per_1000_calls');
    expect(first).toContain(`${mini},`);
    expect(second).toMatch(/^'=cmd\/x,/);
  });

  it('refuses a size that is not said, and what does not exist', async () => {
    const code = async (query: Query) => (await server.refusal('GET /api/costs', { query })).code;
    expect(await code({ from: 'run' })).toBe('measured_missing');
    expect(await code({ from: 'run', run: 99 })).toBe('run_missing');
    expect(await code({ from: 'release', release: 99 })).toBe('release_missing');
    expect(await code({ project: 'none' })).toBe('project_missing');
    expect(await code({ cached: 1.5 })).toBe('request_invalid');
    expect(await code({ models: 'gpt' })).toBe('model_reference_invalid');
  });

  it('estimates the tokens of a text, Chinese by the character', async () => {
    const tokens = async (text: string) => (await server.call('POST /api/token-estimate', { body: { text } })).tokens;
    expect(await tokens('Three plain words.')).toBe(4);
    expect(await tokens('服务很好')).toBe(4);
  });
});
