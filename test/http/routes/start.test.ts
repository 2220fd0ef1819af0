import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../server/domain/scope.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
beforeAll(async () => {
  const fields = [{ name: 'input', value: 'A drafted review' }];
  test = await openTestWorkbench({
    answer: () => JSON.stringify({ cases: [{ fields, expected: 'positive', tags: [] }] }),
  });
  server = await serveForTest(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

async function projectAsking(name: string, asked: Partial<Scope>) {
  const { slug: project } = await server.call('POST /api/projects', { body: { name } });
  const body = { scope: scopeAsking(asked), author: 'Ada' };
  await server.call('PUT /api/projects/:project/scope', { params: { project }, body });
  return { project };
}

describe('how many cases', () => {
  it('the target and each minimum take, and what the holdout cases there are can show', async () => {
    const { project } = await seedProject(test.workbench, { name: 'Sized', size: 200 });
    const scope = scopeAsking({ targetPassRate: 0.8, minimumsByTag: [{ tag: 'irony', passRate: 0.5 }] });
    await test.workbench.stores.projects.saveScope(project.id, scope, '');
    const params = { project: project.slug };
    const { set, goals } = await server.call('GET /api/projects/:project/set-sizes', {
      params,
      query: { assume: 0.9 },
    });
    expect(set).toBe('labelled');
    expect(goals).toMatchObject([
      { tag: null, target: 0.8, assumed: 0.9, needed: 100, present: { cases: 50, passes: 46 } },
      { tag: 'irony', target: 0.5, assumed: 0.6, present: { cases: 0, passes: null, chance: 0, provable: null } },
    ]);
    expect(goals[0]?.present?.chance).toBeCloseTo(0.4312, 4);
    expect(goals[0]?.present?.provable).toBeCloseTo(0.9376, 3);
    const usual = await server.call('GET /api/projects/:project/set-sizes', { params });
    expect(usual.goals.map(({ assumed }) => assumed)).toEqual([0.85, 0.55]);
  });

  it('nothing is asked where the scope asks nothing; without a scope it says so', async () => {
    const params = await projectAsking('Asks nothing', {});
    expect(await server.call('GET /api/projects/:project/set-sizes', { params })).toEqual({ set: null, goals: [] });
    const { slug: project } = await server.call('POST /api/projects', { body: { name: 'No scope' } });
    for (const key of ['GET /api/projects/:project/set-sizes', 'GET /api/projects/:project/first-prompt'] as const) {
      expect(await server.refusal(key, { params: { project } })).toMatchObject({
        status: 400,
        code: 'scope_not_written',
      });
    }
  });
});

describe('a first prompt', () => {
  it('has the fields and labels of the scope, and leaves out examples that are holdout cases', async () => {
    const { project } = await seedProject(test.workbench, { name: 'Prompted', size: 40 });
    const examples = [
      { input: 'A good dinner, number 1', output: 'positive' },
      { input: 'The soup had gone cold before anyone brought a spoon', output: 'negative' },
    ];
    await test.workbench.stores.projects.saveScope(project.id, scopeAsking({ examples }), '');
    const params = { project: project.slug };
    const proposal = await server.call('GET /api/projects/:project/first-prompt', { params });
    expect(proposal).toMatchObject({ fields: ['review'], labels: ['negative', 'positive'], checks: [] });
    expect(proposal.leftOut).toEqual([{ example: 1, reason: 'holdout' }]);
    expect(proposal.content.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    const named = await server.call('GET /api/projects/:project/first-prompt', {
      params,
      query: { fields: 'review, page', labels: '' },
    });
    expect(named).toMatchObject({ fields: ['review', 'page'], labels: [] });
    expect(named.checks.map(({ name }) => name)).toEqual(['variable_unknown']);
    const refused = await server.refusal('GET /api/projects/:project/first-prompt', {
      params,
      query: { fields: '{{x}}' },
    });
    expect(refused).toMatchObject({ status: 400, code: 'request_invalid' });
  });
});

describe('a forecast', () => {
  it('gives both ways in ranges, with assumptions that can be given', async () => {
    const params = await projectAsking('Forecast', { targetPassRate: 0.8 });
    const usual = await server.call('GET /api/projects/:project/forecast', { params });
    expect(usual).toMatchObject({ dev: 0, holdout: 0, holdoutNeeded: 454, call: null, trained: null });
    expect(usual.assumptions.trainingLabels).toEqual([500, 2_000]);
    const given = await server.call('GET /api/projects/:project/forecast', {
      params,
      query: { secondsPerLabel: '36', trainingLabels: '2000,1000', assume: 0.9, model: testModel },
    });
    expect(given.assumptions).toMatchObject({ secondsPerLabel: [36, 36], trainingLabels: [1_000, 2_000] });
    expect(given.training.labels).toEqual([1_100, 2_100]);
    expect(given.call).toMatchObject({ type: 'estimated' });
    const refused = await server.refusal('GET /api/projects/:project/forecast', {
      params,
      query: { versions: 'many' },
    });
    expect(refused).toMatchObject({ status: 400, code: 'request_invalid' });
  });

  it('takes the labels and the rate of the classifier that was trained', async () => {
    const { evalSets, projects } = test.workbench.stores;
    const project = await projects.create('Trained');
    const words = ['soup', 'bread', 'fish', 'wine', 'cake', 'rice', 'beans', 'pork', 'salad', 'tea'];
    const cases = Array.from({ length: 80 }, (_, index) => ({
      key: `case-${index}`,
      variables: {
        review: `${index % 2 === 0 ? 'splendid' : 'dreadful'} ${words[index % 10]} ${words[Math.floor(index / 10)]}`,
      },
      expected: index % 2 === 0 ? 'positive' : 'negative',
      tags: [],
      source: 'import',
      split: index < 20 ? ('holdout' as const) : ('dev' as const),
    }));
    const set = { name: 'labelled', notes: '', holdoutShare: 0.25 };
    await evalSets.createWithCases(project.id, set, cases, { note: '', author: '' });
    await projects.saveScope(project.id, scopeAsking({ targetPassRate: 0.8 }), '');
    const params = { project: project.slug };
    const { trained, assumptions, dev } = await server.call('GET /api/projects/:project/forecast', { params });
    expect(dev).toBe(60);
    expect(trained).toMatchObject({ labels: 60, passRate: 1, n: 20, enough: true });
    expect(assumptions.trainingLabels).toEqual([60, 60]);
  });
});

describe('first cases', () => {
  it('that were typed are put into a set of that name, which is made', async () => {
    const params = await projectAsking('Typed', {});
    const typed = (input: string, split?: 'dev' | 'holdout') => ({
      variables: { input },
      expected: 'positive',
      tags: [],
      split,
    });
    const body = { set: 'First cases', cases: [typed('Fine'), typed('Fresh fish', 'holdout')], author: 'Ada' };
    const first = await server.call('POST /api/projects/:project/first-cases', { params, body });
    expect(first).toMatchObject({ set: 'first-cases', version: { number: 1, caseCount: 2, author: 'Ada' } });
    const again = await server.refusal('POST /api/projects/:project/first-cases', { params, body });
    expect(again).toMatchObject({ status: 409, code: 'input_exists' });
    const more = { ...body, cases: [typed('Slow')] };
    expect(await server.call('POST /api/projects/:project/first-cases', { params, body: more })).toMatchObject({
      version: { number: 2, caseCount: 3 },
    });
    const asked = {
      set: 'First cases',
      cases: ['FINE!', 'Other', 'other?'].map((input) => ({ variables: { input } })),
    };
    expect(await server.call('POST /api/projects/:project/alike', { params, body: asked })).toEqual({
      alike: [{ kind: 'case', text: 'Fine' }, null, { kind: 'draft', text: 'Other' }],
    });
  });

  it('that a model drafted are confirmed, dropped and taken back', async () => {
    const params = await projectAsking('Drafted', {});
    const query = { set: 'First cases', model: testModel, wanted: 1 };
    const estimate = await server.call('GET /api/projects/:project/drafting-estimate', { params, query });
    expect(estimate).toMatchObject({ calls: 1 });
    const body = { ...query, author: 'Ada' };
    const begun = await server.call('POST /api/projects/:project/draftings', { params, body });
    for (;;) {
      const { draftings } = await server.call('GET /api/projects/:project/draftings', { params });
      if (draftings[0]?.status !== 'running') break;
      await sleep(5);
    }
    const { drafts } = await server.call('GET /api/projects/:project/draftings', { params });
    const id = drafts[0]?.id ?? 0;
    expect(drafts).toMatchObject([{ draftingId: begun.id, variables: { input: 'A drafted review' } }]);
    const by = { params: { id }, body: { author: 'Grace' } };
    expect(await server.call('POST /api/case-drafts/:id/drop', by)).toMatchObject({
      state: 'dropped',
      decidedBy: 'Grace',
    });
    expect(await server.call('POST /api/case-drafts/:id/reopen', { params: { id } })).toMatchObject({ state: 'open' });
    const confirmed = { case: { variables: { input: 'A review' }, expected: 'positive' }, author: 'Grace' };
    expect(await server.call('POST /api/case-drafts/:id/confirm', { params: { id }, body: confirmed })).toMatchObject({
      state: 'confirmed',
    });
    expect(await server.refusal('POST /api/case-drafts/:id/drop', by)).toMatchObject({
      status: 409,
      code: 'case_draft_decided',
    });
    await server.call('POST /api/draftings/:id/stop', { params: { id: begun.id } });
    expect(await server.refusal('POST /api/draftings/:id/stop', { params: { id: 99 } })).toMatchObject({ status: 404 });
  });
});
