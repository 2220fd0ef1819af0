import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

const size = 60;
const pass = JSON.stringify({ reasoning: 'Fine.', verdict: 'pass' });
const contains = { scorers: [{ name: 'contains', args: 'positive' }] };
const rubric = { scorers: [{ name: 'rubric', args: 'It is polite' }], judgeModel: testModel };
let lab: RunLab;
let server: TestServer;
let run: number;
let delayMs = 0;
beforeAll(async () => {
  lab = await openRunLab({
    cases: size,
    server: {
      answer: ({ content }) => (content.includes('<criterion') ? pass : `${/\d+/.exec(content)?.[0]} is positive`),
      delayMs: () => delayMs,
    },
    content: {
      messages: [{ role: 'user', content: '{{review}}' }],
      parameters: {},
      responseFormat: { type: 'text' },
    },
  });
  server = await serveForTest(lab.workbench);
  run = (await lab.run({ scorers: [{ name: 'exact', args: '', negate: false, weight: 1 }] })).id;
});
afterAll(async () => {
  await server.close();
  await lab.close();
});

const params = () => ({ params: { run } });
const overview = () => server.call('GET /api/runs/:run', params());
const job = async () => (await server.call('GET /api/runs/:run/scoring-job', params())).job;
const scorings = async () => (await server.call('GET /api/runs/:run/scorings', params())).scorings;
async function atRest() {
  for (;;) {
    const now = await job();
    if (now?.status !== 'running') return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('say what they would ask, before they ask', async () => {
  const before = lab.server.count;
  const plan = (body: typeof contains | typeof rubric) =>
    server.call('POST /api/runs/:run/rescore/plan', { ...params(), body });
  expect(await plan(contains)).toEqual({ outputs: size, judging: null });
  const { judging } = await plan(rubric);
  expect(judging).toMatchObject({ calls: size, cachedCalls: 0, texts: 0 });
  expect(judging?.inputTokens).toBeGreaterThan(size * 100);
  expect(judging?.outputTokens).toBeGreaterThan(size * 10);
  expect(lab.server.count).toBe(before);
  const without = { ...params(), body: { scorers: rubric.scorers } };
  expect(await server.refusal('POST /api/runs/:run/rescore/plan', without)).toMatchObject({
    code: 'judge_model_missing',
  });
});

it('are made as a job without a call, and the earlier one stays', async () => {
  const before = lab.server.count;
  expect((await overview()).passed).toBe(0);
  const started = await server.call('POST /api/runs/:run/rescore', { ...params(), body: contains });
  expect(started).toMatchObject({ number: 2, total: size, asTyped: ['contains:positive'] });
  expect(await atRest()).toMatchObject({ status: 'done', done: size, costUsd: 0 });
  expect(await overview()).toMatchObject({ passed: size, failed: 0, scorers: ['contains:positive'] });
  expect(await scorings()).toMatchObject([
    { number: 2, counts: true, passRate: 1, n: size },
    { number: 1, counts: false, passRate: 0, interval: [0, expect.any(Number)] },
  ]);
  expect(lab.server.count).toBe(before);
});

it('are compared, and an earlier one counts again', async () => {
  const query = { from: 1, to: 2 };
  const compared = await server.call('GET /api/runs/:run/scorings/compare', { ...params(), query });
  expect(compared.counts).toEqual([{ from: 'failed', to: 'passed', count: size }]);
  expect(compared.changed).toHaveLength(size);
  const counted = (number: number) =>
    server.call('POST /api/runs/:run/scorings/:number/count', { params: { run, number } });
  expect(await counted(1)).toMatchObject({ passed: 0, failed: size });
  const { project } = await overview();
  const chart = await server.call('GET /api/projects/:project/chart', { params: { project } });
  expect(chart.series[0]?.segments.flat()).toMatchObject([{ run, passRate: 0 }]);
  const { runs } = await server.call('GET /api/projects/:project/runs', { params: { project }, query: {} });
  expect(runs).toMatchObject([{ passed: 0, scorers: ['exact'] }]);
  expect(await counted(2)).toMatchObject({ passed: size });
  const none = { params: { run, number: 9 } };
  expect(await server.refusal('POST /api/runs/:run/scorings/:number/count', none)).toMatchObject({
    status: 404,
    code: 'scoring_missing',
  });
});

it('are stopped with nothing half-visible, and gone on with without judging again', async () => {
  delayMs = 60;
  const asked = () => lab.server.requests.filter(({ body }) => JSON.stringify(body).includes('<criterion')).length;
  await server.call('POST /api/runs/:run/rescore', { ...params(), body: rubric });
  expect(await server.refusal('POST /api/runs/:run/rescore', { ...params(), body: rubric })).toMatchObject({
    status: 409,
    code: 'run_being_scored',
  });
  while (((await job())?.done ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const stopped = await server.call('POST /api/runs/:run/scoring-job/stop', params());
  expect(stopped).toMatchObject({ number: 3, status: 'stopped' });
  expect(stopped?.done).toBeLessThan(size);
  expect(await overview()).toMatchObject({ passed: size, scorers: ['contains:positive'] });
  expect((await scorings()).map(({ number }) => number)).toEqual([2, 1]);
  expect(await server.refusal('POST /api/runs/:run/scoring-job/stop', params())).toMatchObject({
    code: 'scoring_at_rest',
  });
  delayMs = 0;
  await server.call('POST /api/runs/:run/scorings/:number/resume', { params: { run, number: 3 } });
  expect(await atRest()).toMatchObject({ number: 3, status: 'done', done: size });
  expect(await overview()).toMatchObject({ passed: size, scorers: ['rubric:It is polite'] });
  // Those under way when it was stopped were asked again.
  expect(asked()).toBeLessThanOrEqual(size + 8);
  expect(
    await server.refusal('POST /api/runs/:run/scorings/:number/resume', { params: { run, number: 3 } }),
  ).toMatchObject({ code: 'scoring_whole' });
});

it('are interrupted when the program ends', async () => {
  delayMs = 60;
  const polite = [{ name: 'rubric', args: 'It is short', negate: false, weight: 1 }];
  const scoring = { scorers: polite, threshold: null, judgeModel: testModel, embeddingModel: null };
  const { finished } = await lab.workbench.scoringRunner.start(run as RunId, scoring);
  await lab.workbench.scoringRunner.close();
  expect(await finished).toMatchObject({ status: 'interrupted' });
  expect(await overview()).toMatchObject({ scorers: ['rubric:It is polite'] });
});

it('are counted in the plan of a run', async () => {
  const body = { prompt: 'sentiment', set: 'reviews', model: 'builtin/lexicon', useCache: false, ...rubric };
  const { project } = await overview();
  const plan = await server.call('POST /api/projects/:project/runs/plan', { params: { project }, body });
  expect(plan.judging).toMatchObject({ calls: size });
  const pure = { ...body, ...contains, judgeModel: null };
  expect(await server.call('POST /api/projects/:project/runs/plan', { params: { project }, body: pure })).toMatchObject(
    {
      judging: null,
      costUsd: 0,
    },
  );
});
