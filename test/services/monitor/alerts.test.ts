import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Release } from '../../../server/domain/release.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { acknowledgeAlert, addAlertRule, type NewCondition } from '../../../server/services/monitor/alerts.ts';
import { alertsNow, checkAlerts } from '../../../server/services/monitor/check-alerts.ts';
import { startOnlineScoring } from '../../../server/services/monitor/online-scoring.ts';
import { scoreWaiting } from '../../../server/services/monitor/score-online.ts';
import { watchOnce } from '../../../server/services/monitor/watch-alerts.ts';
import { bareCall } from '../../fixtures/production-calls.ts';
import { type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const owner = { kind: 'owner' as const };
const minute = 60_000;
const day = 1440 * minute;
let test: TestWorkbench;
let seeded: SeededProject;
let release: Release;
let began: number;

beforeEach(async () => {
  test = await openTestWorkbench();
  seeded = await seedProject(test.workbench);
  release = await released();
  began = Date.now();
});
afterEach(() => test.close());

async function released(): Promise<Release> {
  const { prompts, releases } = test.workbench.stores;
  const version = await prompts.version(seeded.prompt.id, 1);
  if (version === null) throw new Error('the seeded prompt has a version');
  const promptId = seeded.prompt.id;
  const made = await releases.create({
    projectId: seeded.project.id,
    promptId,
    promptVersionId: version.id,
    model: testModel,
    parameters: {},
    evidence: { runs: [], criteria: [] },
    note: '',
    approvedBy: 'Grace',
  });
  const move = { promptId, label: 'production', releaseId: made.id, kind: 'move' as const };
  await releases.moveLabel({ ...move, reason: 'go', author: 'Grace' });
  return made;
}

const at = (ms: number) => new Date(began + ms);
const rule = (condition: NewCondition) => addAlertRule(test.workbench, seeded.project, { condition, author: 'Ada' });
type Call = { up?: boolean; latencyMs?: number; costUsd?: number; release?: Release; output?: string };
const call = (ms: number, more: Call = {}) =>
  test.workbench.stores.observations.add({
    projectId: seeded.project.id,
    releaseId: (more.release ?? release).id,
    input: { review: 'private words' },
    output: more.output ?? 'positive',
    latencyMs: more.latencyMs ?? null,
    inputTokens: null,
    outputTokens: null,
    costUsd: more.costUsd ?? null,
    feedback: more.up === undefined ? null : more.up ? 'up' : 'down',
    feedbackNote: '',
    createdAt: at(ms).toISOString(),
  });
const check = async (ms: number) =>
  (await checkAlerts(test.workbench, seeded.project, at(ms))).map(({ state }) => state);
const kinds = async () =>
  (await test.workbench.stores.alerts.history(seeded.project.id, 50)).map(({ kind }) => kind).reverse();
const thumbs: NewCondition = { kind: 'share', measure: 'feedback', prompt: 'classify', windowDays: 7, threshold: 0.8 };

describe('an alert of a share', () => {
  it('fires once, is acknowledged under a name, rests when calls are good again, and counts anew', async () => {
    const { id } = await rule(thumbs);
    for (let i = 0; i < 40; i++) await call(i, { up: i % 2 === 0 });
    expect(await check(minute)).toEqual(['firing']);
    expect(await check(2 * minute)).toEqual(['firing']);
    const acknowledge = (by: string) =>
      acknowledgeAlert(test.workbench, seeded.project, owner, id, { note: 'I look at it', by });
    await expect(acknowledge(' ')).rejects.toMatchObject({ code: 'name_required' });
    await acknowledge('Ada');
    await expect(acknowledge('Grace')).rejects.toMatchObject({ code: 'alert_not_firing' });
    expect(await check(3 * minute)).toEqual(['acknowledged']);
    for (let i = 0; i < 19; i++) await call(4 * minute + i, { up: true });
    expect(await check(5 * minute)).toEqual(['acknowledged']);
    await call(5 * minute, { up: true });
    expect(await check(6 * minute)).toEqual(['ok']);
    // What was bad before it was resolved does not raise it again.
    expect(await check(7 * minute)).toEqual(['ok']);
    expect(await kinds()).toEqual(['fired', 'acknowledged', 'resolved']);
    const [, acknowledged] = await test.workbench.stores.alerts.history(seeded.project.id, 50);
    expect(acknowledged).toMatchObject({ author: 'Ada', note: 'I look at it', evidence: null });
    for (let i = 0; i < 40; i++) await call(8 * minute + i, { up: false });
    expect(await check(9 * minute)).toEqual(['firing']);
  });

  it('is over when another release is in production, whose calls are counted from then on', async () => {
    await rule(thumbs);
    for (let i = 0; i < 40; i++) await call(i, { up: false });
    expect(await check(minute)).toEqual(['firing']);
    const next = await released();
    expect(await check(3 * minute)).toEqual(['ok']);
    for (let i = 0; i < 5; i++) await call(4 * minute + i, { up: false, release: next });
    const [{ evidence } = { evidence: null }] = await alertsNow(test.workbench, seeded.project, at(5 * minute));
    expect(evidence).toMatchObject({ releaseId: next.id, passed: 0, n: 5 });
  });

  it('sees a change that comes late in a window of its own', async () => {
    await rule({ ...thumbs, windowDays: 1 });
    for (let i = 0; i < 600; i++) await call(i, { up: i % 10 > 0 });
    expect(await check(minute)).toEqual(['ok']);
    for (let i = 0; i < 60; i++) await call(5 * day + minute + i, { up: i % 2 === 0 });
    expect(await check(5 * day + 2 * minute)).toEqual(['firing']);
    const [{ evidence } = { evidence: null }] = await test.workbench.stores.alerts.history(seeded.project.id, 1);
    expect(evidence).toMatchObject({ n: 60, passed: 30 });
  });

  it('counts what the online scorers judged', async () => {
    await rule({ ...thumbs, measure: 'scores' });
    for (let i = 0; i < 60; i++) await call(i, { output: i % 2 === 0 ? '1' : 'positive' });
    expect(await check(minute)).toEqual(['ok']);
    const scorers = [parseScorerSpec('json-valid')];
    const asked = { prompt: 'classify', scorers, share: 1, days: 7, author: 'Ada' };
    await startOnlineScoring(test.workbench, seeded.project, asked, at(minute));
    await scoreWaiting(test.workbench, new AbortController().signal);
    expect(await check(2 * minute)).toEqual(['firing']);
    const [{ evidence } = { evidence: null }] = await test.workbench.stores.alerts.history(seeded.project.id, 1);
    expect(evidence).toMatchObject({ passed: 30, n: 60 });
  });

  it('counts what failed against what was answered, and nothing that was answered wrongly', async () => {
    await rule({ kind: 'share', measure: 'answered', prompt: 'classify', windowDays: 7, threshold: 0.98 });
    for (let i = 0; i < 100; i++) await call(i, { up: false });
    expect(await check(minute)).toEqual(['ok']);
    const failed = { projectId: seeded.project.id, releaseId: release.id, failure: 'timeout' as const, message: '' };
    for (let i = 0; i < 10; i++) {
      const createdAt = at(i).toISOString();
      const ofNoSpan = { model: null, traceId: null, spanId: null, createdAt };
      await test.workbench.stores.unobservedCalls.add({ ...failed, ...ofNoSpan });
    }
    expect(await check(2 * minute)).toEqual(['firing']);
    const [{ evidence } = { evidence: null }] = await test.workbench.stores.alerts.history(seeded.project.id, 1);
    expect(evidence).toMatchObject({ passed: 100, n: 110, threshold: 0.98 });
  });

  it('takes p95 for the share of calls in time, and says nothing where nothing is in production', async () => {
    await rule({ kind: 'share', measure: 'latency', prompt: 'classify', windowDays: 7, maxMs: 1000 });
    for (let i = 0; i < 200; i++) await call(i, { latencyMs: i % 25 === 0 ? 1001 : 1000 });
    expect(await check(minute)).toEqual(['ok']);
    for (let i = 0; i < 100; i++) await call(minute + i, { latencyMs: i % 3 === 0 ? 1001 : 1000 });
    expect(await check(2 * minute)).toEqual(['firing']);
    await test.workbench.stores.prompts.create(seeded.project.id, 'other');
    await rule({ ...thumbs, prompt: 'other' });
    const checked = await alertsNow(test.workbench, seeded.project, at(minute));
    expect(checked.map(({ evidence }) => evidence?.kind ?? null)).toEqual(['share', null]);
  });
});

it('an alert of silence fires after the last call or release, and is over with the next call', async () => {
  await rule({ kind: 'silence', hours: 2 });
  expect(await check(119 * minute)).toEqual(['ok']);
  expect(await check(121 * minute)).toEqual(['firing']);
  await call(122 * minute);
  expect(await check(123 * minute)).toEqual(['ok']);
});

it('an alert of a budget fires by what calls cost, and is over with the next day', async () => {
  await rule({ kind: 'budget', period: 'day', maxUsd: 10 });
  await call(0, { costUsd: 10.5 });
  expect(await check(1)).toEqual(['firing']);
  expect(await check(2 * day)).toEqual(['ok']);
  expect(await kinds()).toEqual(['fired', 'resolved']);
});

const look = (
  workbench: Parameters<typeof watchOnce>[0],
  hours: number,
  report: (error: unknown) => void = neverFails,
) => watchOnce(workbench, at(hours * 60 * minute), report);
const neverFails = (error: unknown) => {
  throw error;
};

it('survives a restart, and two processes tell it once', async () => {
  await rule({ kind: 'silence', hours: 1 });
  const other = await test.openAnother();
  await Promise.all([look(test.workbench, 2), look(other, 2)]);
  expect(await kinds()).toEqual(['fired']);
  test.workbench = await test.reopen();
  await look(test.workbench, 3);
  expect(await kinds()).toEqual(['fired']);
});

it('fires also where another project can’t be looked at', async () => {
  await rule({ kind: 'silence', hours: 1 });
  const { projects, alerts, observations } = test.workbench.stores;
  const other = await projects.create('Other');
  await addAlertRule(test.workbench, other, { condition: { kind: 'silence', hours: 1 }, author: 'Ada' });
  await observations.add({
    projectId: other.id,
    releaseId: null,
    input: {},
    output: '',
    ...bareCall,
  });
  const failed: unknown[] = [];
  const broken = new Error('this one is broken');
  vi.spyOn(projects, 'get').mockRejectedValueOnce(broken);
  await look(test.workbench, 2, (error) => failed.push(error));
  expect(failed).toEqual([broken]);
  expect((await alerts.firing(other.id)) + (await alerts.firing(seeded.project.id))).toBe(1);
});

it('refuses a rule that is there already', async () => {
  await rule(thumbs);
  await expect(rule({ ...thumbs })).rejects.toMatchObject({ code: 'alert_rule_exists' });
  await rule({ ...thumbs, threshold: 0.7 });
});
