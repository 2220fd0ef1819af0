import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { readMood, runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

describe('projects', () => {
  it('are made, listed and shown, by slug or by name as written', async () => {
    expect(await server.call('GET /api/projects')).toEqual({ projects: [] });
    const made = await server.call('POST /api/projects', { body: { name: '餐厅评论 Reviews' } });
    expect(made).toMatchObject({ slug: '餐厅评论-reviews', scope: null });
    expect((await server.call('GET /api/projects')).projects).toEqual([made]);
    for (const project of ['餐厅评论-reviews', '餐厅评论 Reviews']) {
      expect(await server.call('GET /api/projects/:project', { params: { project } })).toEqual(made);
    }
  });

  it('are refused without a name, twice and where there is none', async () => {
    const name = 'Once';
    await server.call('POST /api/projects', { body: { name } });
    expect(await server.refusal('POST /api/projects', { body: { name } })).toMatchObject({
      status: 409,
      code: 'project_exists',
    });
    expect(await server.refusal('POST /api/projects', { body: { name: '  ' } })).toMatchObject({
      status: 400,
      code: 'request_invalid',
    });
    expect(await server.refusal('GET /api/projects/:project', { params: { project: 'none' } })).toMatchObject({
      status: 404,
      code: 'project_missing',
      message: expect.stringContaining('"none"'),
    });
  });

  it('keep the scope that was saved last', async () => {
    await server.call('POST /api/projects', { body: { name: 'Scoped' } });
    const params = { project: 'scoped' };
    const save = (targetPassRate: number) =>
      server.call('PUT /api/projects/:project/scope', {
        params,
        body: { scope: scopeAsking({ targetPassRate }), author: 'Ada' },
      });
    await save(0.8);
    expect(await save(0.9)).toMatchObject({ scope: { targetPassRate: 0.9 } });
    const shown = await server.call('GET /api/projects/:project', { params });
    expect(shown.scope).toEqual(scopeAsking({ targetPassRate: 0.9 }));
    expect(shown.spine.stages[0]).toMatchObject({ stage: 'scope', state: 'done' });
  });

  it('store markup as the text it is', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const response = await server.send('POST /api/projects', { body: { name } });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toMatchObject({ name });
  });
});

it('keeps each scope that says something else, newest first', async () => {
  const { slug: project } = await server.call('POST /api/projects', { body: { name: 'Written twice' } });
  const save = (targetPassRate: number, author: string) =>
    server.call('PUT /api/projects/:project/scope', {
      params: { project },
      body: { scope: scopeAsking({ targetPassRate, minimumsByTag: [{ tag: 'irony', passRate: 0.5 }] }), author },
    });
  await save(0.8, 'Ada');
  await save(0.8, 'Grace');
  await save(0.9, 'Grace');
  const { versions } = await server.call('GET /api/projects/:project/scope-versions', { params: { project } });
  expect(versions.map(({ number, author, scope }) => [number, author, scope.targetPassRate])).toEqual([
    [2, 'Grace', 0.9],
    [1, 'Ada', 0.8],
  ]);
});

it('is saved only from the version that was read, where that is said', async () => {
  const { slug: project } = await server.call('POST /api/projects', { body: { name: 'Written by two' } });
  const params = { project };
  const body = (base: number, users: string) => ({ scope: scopeAsking({ users }), base, author: '' });
  const first = await server.call('PUT /api/projects/:project/scope', { params, body: body(0, 'Owners') });
  expect(first).toMatchObject({ scopeVersion: 1 });
  expect(await server.refusal('PUT /api/projects/:project/scope', { params, body: body(0, 'Guests') })).toMatchObject({
    status: 409,
    code: 'scope_changed_meanwhile',
    details: { newest: 1, base: 0 },
  });
  // Who says the same stands against nobody.
  expect(await server.call('PUT /api/projects/:project/scope', { params, body: body(0, 'Owners') })).toEqual(first);
  const next = await server.call('PUT /api/projects/:project/scope', { params, body: body(1, 'Guests') });
  expect(next).toMatchObject({ scopeVersion: 2, scope: { users: 'Guests' } });
  const { versions } = await server.call('GET /api/projects/:project/scope-versions', { params });
  expect(versions.map(({ number, changed }) => [number, changed])).toEqual([
    [2, ['users']],
    [1, ['problem', 'users', 'inputs', 'outputs', 'dataMayLeave']],
  ]);
});

it('asks one minimum of a tag, and says how many holdout cases there are to show it', async () => {
  const { project, set } = await seedProject(test.workbench, { name: 'Tagged', size: 40 });
  const params = { project: project.slug };
  const twice = { tag: 'irony', passRate: 0.5 };
  const scope = scopeAsking({ minimumsByTag: [twice, twice] });
  expect(await server.refusal('PUT /api/projects/:project/scope', { params, body: { scope } })).toMatchObject({
    status: 400,
    code: 'scope_tag_twice',
    details: { reason: { values: { tag: 'irony' } } },
  });
  await server.call('POST /api/projects/:project/sets/:set/change-matching', {
    params: { ...params, set: set.slug },
    body: { base: 1, filter: { search: 'number 1' }, edit: { type: 'add_tag', tag: 'irony' } },
  });
  const { sets } = await server.call('GET /api/projects/:project/holdout-sizes', { params });
  // Cases 1 and 10 to 19, of which 1 and 10 are holdout. Wilson: 10 of 10 begin at n / (n + z²) = .7225, 2 of 2 at .3424.
  expect(sets).toEqual([
    {
      set: 'labelled',
      holdout: 10,
      bound: expect.closeTo(0.7225, 4),
      tags: [{ tag: 'irony', cases: 11, holdout: 2, bound: expect.closeTo(0.3424, 4) }],
    },
  ]);
});

it('lists what was put forward for release under each version, and what falls with the next one', async () => {
  const seeded = await seedProject(test.workbench, { name: 'Released', size: 40 });
  await runToEnd(test.workbench, seeded);
  const params = { project: seeded.project.slug };
  const history = () => server.call('GET /api/projects/:project/scope-versions', { params });
  const ask = (note: string) =>
    server.call('POST /api/projects/:project/release-requests', {
      params,
      body: { prompt: 'classify', version: 1, model: testModel, note, author: 'Ada' },
    });
  const save = (targetPassRate: number) =>
    server.call('PUT /api/projects/:project/scope', { params, body: { scope: scopeAsking({ targetPassRate }) } });
  const before = await ask('before any scope');
  const open = { id: before.id, prompt: 'classify', version: 1, state: 'open', release: null };
  expect(await history()).toEqual({ versions: [], openRequests: [open] });
  await save(0.5);
  expect((await history()).openRequests).toEqual([]);
  const end = { params: { ...params, id: before.id }, body: { text: 'another scope' } };
  await server.call('POST /api/projects/:project/release-requests/:id/withdraw', end);
  const asked = await ask('under the first');
  const release = await server.call('POST /api/projects/:project/release-requests/:id/approve', {
    params: { ...params, id: asked.id },
    body: { note: 'fine', author: 'Grace' },
  });
  const again = await ask('once more');
  const made = [
    { ...open, id: again.id },
    { ...open, id: asked.id, state: 'approved', release: { id: release.id, number: 1 } },
  ];
  expect(await history()).toMatchObject({ versions: [{ number: 1, requests: made }], openRequests: made.slice(0, 1) });
  await save(0.6);
  const { versions, openRequests } = await history();
  expect(openRequests).toEqual([]);
  expect(versions.map(({ requests }) => requests)).toEqual([[], made]);
});
