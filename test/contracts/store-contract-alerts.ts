import { expect, it } from 'vitest';
import type { AlertEvidence } from '../../server/domain/alert.ts';
import type { AlertRuleId } from '../../server/domain/ids.ts';
import type { Opened } from './store-contract.ts';
import { seed } from './store-seed.ts';

const evidence: AlertEvidence = { kind: 'silence', lastAt: null, hours: 4 };
const webhook = {
  url: 'https://example.com/hook',
  urlVariable: null,
  authorizationVariable: null,
  signingVariable: 'WHETSTONE_WEBHOOK_KEY',
  author: 'Ada',
};

export function alertContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const rule = await stores.alerts.addRule({
      projectId: seeded.project.id,
      condition: { kind: 'silence', hours: 4 },
      author: 'Ada',
    });
    const add = async (kind: 'fired' | 'acknowledged' | 'resolved', createdAt?: string) => {
      const last = await stores.alerts.lastEvent(rule.id);
      const event = { ruleId: rule.id, changeId: null, kind, evidence, note: '', author: '', createdAt };
      return stores.alerts.addEvent(event, last?.id ?? null);
    };
    return { ...seeded, ...stores, rule, add };
  };

  it('keeps rules; one that was removed is not listed, and what became of it is', async () => {
    const { alerts, project, rule, add } = await start();
    expect(await alerts.rules(project.id)).toEqual([rule]);
    expect(await alerts.rule(rule.id)).toEqual(rule);
    expect(await alerts.watchedProjects()).toEqual([project.id]);
    await add('fired');
    expect(await alerts.firing(project.id)).toBe(1);
    await alerts.removeRule(rule.id);
    expect(await alerts.rules(project.id)).toEqual([]);
    expect(await alerts.watchedProjects()).toEqual([]);
    expect(await alerts.firing(project.id)).toBe(0);
    expect(await alerts.history(project.id, 10)).toMatchObject([
      { kind: 'fired', condition: rule.condition, evidence },
    ]);
    await expect(alerts.rule(0 as AlertRuleId)).rejects.toMatchObject({ code: 'alert_rule_missing' });
  });

  it('changes what a rule asks, and keeps what it was: also in what happened under it', async () => {
    const { alerts, project, rule, add } = await start();
    const other = await alerts.addRule({
      projectId: project.id,
      author: 'Ada',
      condition: { kind: 'budget', period: 'day', maxUsd: 1 },
    });
    await add('fired');
    const silence = (hours: number) => ({ kind: 'silence' as const, hours });
    await alerts.changeRule(rule.id, { condition: silence(8), author: 'Grace' });
    await alerts.changeRule(rule.id, { condition: silence(12), author: 'Ada' });
    const changed = await alerts.rule(rule.id);
    expect(changed).toEqual({ ...rule, condition: silence(12), changeId: expect.any(Number) });
    expect(await alerts.rules(project.id)).toEqual([changed, other]);
    expect(await alerts.changes(project.id, 10)).toMatchObject([
      { ruleId: rule.id, before: silence(8), condition: silence(12), author: 'Ada' },
      { ruleId: rule.id, before: silence(4), condition: silence(8), author: 'Grace' },
    ]);
    const last = await alerts.lastEvent(rule.id);
    const { changeId } = changed;
    const resolved = { ruleId: rule.id, changeId, kind: 'resolved' as const, evidence, note: '', author: '' };
    await alerts.addEvent(resolved, last?.id ?? null);
    expect((await alerts.history(project.id, 10)).map((event) => event.condition)).toEqual([silence(12), silence(4)]);
    for (const statement of ["update alertRuleChange set author = ''", 'delete from alertRuleChange']) {
      await expect(opened().execute(statement)).rejects.toThrow('append-only');
    }
  });

  it('adds an event only after the one that it follows: of two that see the same, one tells', async () => {
    const { alerts, project, rule, add } = await start();
    const fired = await add('fired');
    const again = { ruleId: rule.id, changeId: null, kind: 'fired' as const, evidence, note: '', author: '' };
    expect(await alerts.addEvent(again, null)).toBeNull();
    expect(await alerts.lastEvent(rule.id)).toEqual(fired);
    await add('acknowledged');
    expect(await alerts.firing(project.id)).toBe(0);
    expect(await alerts.addEvent(again, fired?.id ?? null)).toBeNull();
    expect((await alerts.lastEvent(rule.id))?.kind).toBe('acknowledged');
    expect(await alerts.lastEvent(rule.id, 'fired')).toEqual(fired);
    expect(await alerts.lastEvent(rule.id, 'resolved')).toBeNull();
    expect((await alerts.history(project.id, 1)).map(({ kind }) => kind)).toEqual(['acknowledged']);
  });

  it('changes and deletes no event', async () => {
    const { add } = await start();
    await add('fired');
    for (const statement of ["update alertEvent set kind = 'resolved'", 'delete from alertEvent']) {
      await expect(opened().execute(statement)).rejects.toThrow('append-only');
    }
  });

  it('keeps one webhook a project, and takes it away', async () => {
    const { alertDeliveries, project } = await start();
    expect(await alertDeliveries.webhook(project.id)).toBeNull();
    await alertDeliveries.setWebhook(project.id, webhook);
    const other = { ...webhook, url: null, urlVariable: 'WHETSTONE_WEBHOOK_URL' };
    await alertDeliveries.setWebhook(project.id, other);
    expect(await alertDeliveries.webhook(project.id)).toMatchObject({ ...other, projectId: project.id });
    await alertDeliveries.setWebhook(project.id, null);
    expect(await alertDeliveries.webhook(project.id)).toBeNull();
  });

  it('knows what is still to be told: events since the webhook was set that nobody has got', async () => {
    const { alertDeliveries, project, rule, add } = await start();
    await add('fired', '2026-03-01T00:00:00.000Z');
    await add('acknowledged', '2026-03-02T00:00:00.000Z');
    const resolved = await add('resolved', '2026-03-02T00:00:00.000Z');
    if (resolved === null) throw new Error('nobody else adds events');
    const untold = () => alertDeliveries.untold(project.id, '2026-03-01T12:00:00.000Z');
    expect(await untold()).toEqual([{ ruleId: rule.id, eventId: resolved.id, last: null }]);
    const attempt = { projectId: project.id, eventId: resolved.id, message: 'alert-3', attempt: 1 };
    const startedAt = '2026-03-02T00:00:01.000Z';
    const id = await alertDeliveries.begin(attempt, startedAt);
    if (id === null) throw new Error('nobody else sends');
    expect(await alertDeliveries.begin(attempt, startedAt)).toBeNull();
    const last = { attempt: 1, status: 'sending', startedAt };
    expect(await untold()).toEqual([{ ruleId: rule.id, eventId: resolved.id, last }]);
    const problem = { code: 'webhook_status', message: 'It answered 500.', values: { status: 500 } };
    const ended = await alertDeliveries.end(id, { status: 'failed', httpStatus: 500, problem });
    expect(ended).toMatchObject({ ...attempt, status: 'failed', httpStatus: 500, problem });
    expect((await untold())[0]?.last?.status).toBe('failed');
    const second = await alertDeliveries.begin({ ...attempt, attempt: 2 }, startedAt);
    if (second === null) throw new Error('nobody else sends');
    await alertDeliveries.end(second, { status: 'delivered', httpStatus: 200, problem: null });
    expect(await untold()).toEqual([]);
    const test = await alertDeliveries.begin({ ...attempt, eventId: null, message: 'test-1' }, startedAt);
    expect(test).not.toBeNull();
    expect((await alertDeliveries.list(project.id, 10)).map(({ event, attempt: n }) => [event, n])).toEqual([
      [null, 1],
      ['resolved', 2],
      ['resolved', 1],
    ]);
  });

  it('counts thumbs, answers in time and what calls cost', async () => {
    const { observations, observationFigures, releases, project, prompt, version } = await start();
    const release = await releases.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model: 'openai/test-model',
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: '',
      approvedBy: 'Grace',
    });
    expect(await observationFigures.lastSign(project.id)).toBeNull();
    const calls = [
      { createdAt: '2026-03-01T00:00:00.000Z', feedback: 'up' as const, latencyMs: 10, costUsd: 1 },
      { createdAt: '2026-03-02T00:00:00.000Z', feedback: 'up' as const, latencyMs: 10, costUsd: 2 },
      { createdAt: '2026-03-02T00:00:00.000Z', feedback: 'down' as const, latencyMs: 11, costUsd: null },
      { createdAt: '2026-03-03T00:00:00.000Z', feedback: null, latencyMs: null, costUsd: 4 },
    ];
    for (const call of calls) {
      const common = { input: {}, output: '', inputTokens: null, outputTokens: null, feedbackNote: '' };
      await observations.add({ projectId: project.id, releaseId: release.id, ...common, ...call });
    }
    const since = '2026-03-02T00:00:00.000Z';
    expect(await observationFigures.thumbsUp(release.id, since)).toEqual({ passed: 1, n: 2 });
    expect(await observationFigures.inTime(release.id, since, 10)).toEqual({ passed: 1, n: 2 });
    expect(await observationFigures.spent(project.id, since)).toEqual({ costUsd: 6, calls: 3, priced: 2 });
    const never = '2027-01-01T00:00:00.000Z';
    expect(await observationFigures.thumbsUp(release.id, never)).toEqual({ passed: 0, n: 0 });
    expect(await observationFigures.spent(project.id, never)).toEqual({ costUsd: 0, calls: 0, priced: 0 });
    expect(await observationFigures.lastSign(project.id)).toBe('2026-03-03T00:00:00.000Z');
    const move = { promptId: prompt.id, label: 'production', releaseId: release.id, kind: 'move' as const };
    const moved = await releases.moveLabel({ ...move, reason: '', author: '' });
    expect(await observationFigures.lastSign(project.id)).toBe(moved.createdAt);
  });
}
