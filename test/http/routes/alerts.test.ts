import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { moveLabel } from '../../../server/services/deploy/move-label.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { readMood, runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let release: number;
const params = { project: 'reviews' };
const share = { kind: 'share' as const, prompt: 'classify', windowDays: 7 };

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  const seeded = await seedProject(test.workbench);
  const owner = { kind: 'owner' as const };
  await runToEnd(test.workbench, seeded);
  await test.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.5 }), 'Ada');
  const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace' };
  const overrides: [] = [];
  release = (await approveRelease(test.workbench, seeded.project, owner, { ...approval, overrides })).id;
  const label = { prompt: 'classify', label: 'production' };
  await moveLabel(test.workbench, seeded.project, owner, label, { release, reason: 'go', by: 'Grace' });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const list = () => server.call('GET /api/projects/:project/alerts', { params });
const report = (feedback: 'up' | 'down') =>
  server.call('POST /api/observations', {
    body: { project: 'reviews', release, input: { review: 'Well.' }, output: 'positive', feedback },
  });

describe('alerts', () => {
  it('know what is in production and what was promised of it', async () => {
    expect(await list()).toMatchObject({
      rules: [],
      history: [],
      target: 0.5,
      prompts: [{ prompt: 'classify', production: { release, number: 1, promised: expect.any(Number) } }],
    });
  });

  it('fire, are counted, are acknowledged under a name, and stay in the history', async () => {
    const condition = { ...share, measure: 'feedback' as const, threshold: 0.9 };
    const { id } = await server.call('POST /api/projects/:project/alerts', {
      params,
      body: { condition, author: 'Ada' },
    });
    for (let i = 0; i < 20; i++) await report('down');
    const firing = async () => (await server.call('GET /api/projects/:project/alerts/firing', { params })).firing;
    expect(await firing()).toBe(0);
    const check = () => server.call('POST /api/projects/:project/alerts/check', { params });
    expect([await check(), await firing()]).toEqual([{ firing: 1 }, 1]);
    const acknowledge = { params: { ...params, id }, body: { note: 'Looking.', author: 'Ada' } };
    await server.call('POST /api/projects/:project/alerts/:id/acknowledge', acknowledge);
    expect(await firing()).toBe(0);
    const { rules, history } = await list();
    expect(rules).toMatchObject([
      {
        id,
        condition,
        state: 'acknowledged',
        evidence: { kind: 'share', release, number: 1, passed: 0, n: 20, rate: 0 },
      },
    ]);
    expect(history).toMatchObject([{ kind: 'acknowledged', author: 'Ada', note: 'Looking.' }, { kind: 'fired' }]);
    expect(await server.refusal('POST /api/projects/:project/alerts/:id/acknowledge', acknowledge)).toMatchObject({
      status: 409,
      code: 'alert_not_firing',
    });
    await server.call('DELETE /api/projects/:project/alerts/:id', { params: { ...params, id } });
    expect(await list()).toMatchObject({ rules: [], history: [{ rule: id }, { rule: id }] });
    expect(
      await server.refusal('DELETE /api/projects/:project/alerts/:id', { params: { ...params, id } }),
    ).toMatchObject({ status: 404, code: 'alert_rule_missing' });
  });

  it('are given other limits and keep what they watch; what they asked before stays in the history', async () => {
    const silence = (hours: number) => ({ kind: 'silence' as const, hours });
    const post = { params, body: { condition: silence(3), author: 'Ada' } };
    const { id } = await server.call('POST /api/projects/:project/alerts', post);
    const change = (condition: object, rule = id) => ({
      params: { ...params, id: rule },
      body: { condition: condition as never, author: 'Grace' },
    });
    await server.call('PUT /api/projects/:project/alerts/:id', change(silence(5)));
    // The same again is no change.
    await server.call('PUT /api/projects/:project/alerts/:id', change(silence(5)));
    const { rules, history } = await list();
    expect(rules).toMatchObject([{ id, condition: silence(5), author: 'Ada' }]);
    expect(history[0]).toMatchObject({
      kind: 'changed',
      rule: id,
      before: silence(3),
      condition: silence(5),
      author: 'Grace',
    });
    expect(history.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
    const refusal = (condition: object, rule?: number) =>
      server.refusal('PUT /api/projects/:project/alerts/:id', change(condition, rule));
    const budget = { kind: 'budget', period: 'day', maxUsd: 1 };
    expect(await refusal(budget)).toMatchObject({ status: 400, code: 'alert_rule_watches_other' });
    expect(await refusal(silence(1), 999)).toMatchObject({ status: 404, code: 'alert_rule_missing' });
    const { id: second } = await server.call('POST /api/projects/:project/alerts', {
      params,
      body: { condition: silence(9), author: 'Ada' },
    });
    expect(await refusal(silence(9))).toMatchObject({ status: 409, code: 'alert_rule_exists' });
    for (const rule of [id, second]) {
      await server.call('DELETE /api/projects/:project/alerts/:id', { params: { ...params, id: rule } });
    }
  });

  it('take rules of each kind, and none that makes no sense', async () => {
    const add = (condition: object) =>
      server.send('POST /api/projects/:project/alerts', { params, body: { condition } as never });
    const statuses: number[] = [];
    for (const condition of [
      { ...share, measure: 'scores', threshold: 0.8 },
      { ...share, measure: 'latency', maxMs: 2000 },
      { kind: 'silence', hours: 6 },
      { kind: 'budget', period: 'month', maxUsd: 100 },
    ]) {
      statuses.push((await add(condition)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200]);
    for (const condition of [
      { ...share, measure: 'scores', threshold: 1.5 },
      { ...share, measure: 'latency', threshold: 0.5 },
      { kind: 'silence', hours: 0 },
      { kind: 'budget', period: 'year', maxUsd: 100 },
    ]) {
      expect((await add(condition)).status).toBe(400);
    }
    const unknown = { ...share, prompt: 'none', measure: 'scores', threshold: 0.8 };
    expect((await add(unknown)).status).toBe(404);
    const { rules } = await list();
    expect(rules.map(({ condition }) => condition.kind)).toEqual(['share', 'share', 'silence', 'budget']);
  });
});

describe('the webhook', () => {
  const view = () => server.call('GET /api/projects/:project/alerts/webhook', { params });

  it('is set, tried and taken away; what went wrong stands in its log', async () => {
    expect(await view()).toEqual({ webhook: null, deliveries: [] });
    const test404 = await server.refusal('POST /api/projects/:project/alerts/webhook/test', { params });
    expect(test404).toMatchObject({ status: 404, code: 'webhook_missing' });
    const body = { url: 'http://169.254.169.254/latest/meta-data', author: 'Ada' };
    await server.call('PUT /api/projects/:project/alerts/webhook', { params, body });
    const sent = await server.call('POST /api/projects/:project/alerts/webhook/test', { params });
    expect(sent).toMatchObject({ status: 'failed', event: null, attempt: 1 });
    expect(sent.problem?.message).toContain('not on the public internet');
    expect(await view()).toMatchObject({ webhook: { url: body.url, unset: [] }, deliveries: [{ id: sent.id }] });
    await server.call('DELETE /api/projects/:project/alerts/webhook', { params });
    expect((await view()).webhook).toBeNull();
  });

  it('refuses a variable that holds something else', async () => {
    const body = { url: 'https://example.com', authorizationVariable: 'OPENAI_API_KEY' };
    expect(await server.refusal('PUT /api/projects/:project/alerts/webhook', { params, body })).toMatchObject({
      status: 400,
      code: 'webhook_variable_invalid',
    });
  });
});
