import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { scopeAsking } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
beforeAll(async () => {
  test = await openTestWorkbench();
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
