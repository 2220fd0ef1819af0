import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract, type RouteKey } from '../../../server/http/contract/index.ts';
import { roleNeeded } from '../../../server/http/handle.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
beforeEach(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
});
afterEach(async () => {
  await server.close();
  await test.close();
});

type Sent = Parameters<TestServer['send']>[1];
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const send = async (key: RouteKey, sent: Sent, token?: string) => {
  const response = await server.send(key, sent, token === undefined ? {} : as(token));
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
};
const add = async (name: string, role: 'viewer' | 'editor' | 'approver', token?: string): Promise<string> =>
  (await send('POST /api/people', { body: { name, role } }, token)).body.token;

describe('people', () => {
  it('are not asked for while there are none', async () => {
    expect(await server.call('GET /api/people')).toEqual({ people: [], me: null });
    await server.call('POST /api/projects', { body: { name: 'Free' } });
  });

  it('begin with an approver, whom the browser remembers by a cookie that no script reads', async () => {
    const response = await server.send('POST /api/people', { body: { name: 'Ada', role: 'viewer' } });
    const cookie = response.headers.get('set-cookie') ?? '';
    const { person, token } = await response.json();
    expect(person).toMatchObject({ name: 'Ada', role: 'approver' });
    expect(token).toMatch(/^whet_[\w-]{43}$/);
    expect(cookie).toMatch(/^whetstone_person=whet_.*; Path=\/api; .*HttpOnly; SameSite=Strict/);
    const known = await server.send('GET /api/people', {}, { cookie: cookie.split(';')[0] ?? '' });
    expect(await known.json()).toMatchObject({ me: { name: 'Ada' }, people: [{ name: 'Ada' }] });
    expect(server.log.join('')).not.toContain(token);
  });

  it('say who they are with their token, and no other token does', async () => {
    const ada = await add('Ada', 'approver');
    const bob = await add('Bob', 'editor', ada);
    const said = await send('POST /api/people/me', { body: { token: bob } });
    expect(said).toMatchObject({ status: 200, body: { name: 'Bob', role: 'editor' } });
    expect(await send('POST /api/people/me', { body: { token: 'whet_guess' } })).toMatchObject({
      status: 401,
      body: { error: { code: 'token_unknown' } },
    });
    // A page with an old cookie still opens, and nobody is taken for somebody.
    expect((await send('GET /api/people', {}, 'whet_old')).body.me).toBeNull();
    const left = await server.send('DELETE /api/people/me');
    expect(left.headers.get('set-cookie')).toMatch(/^whetstone_person=;/);
  });

  it('write under their own name, whatever name is sent', async () => {
    const ada = await add('Ada', 'approver');
    await seedProject(test.workbench);
    const content = {
      messages: [{ role: 'user', content: '{{review}}' }],
      parameters: {},
      responseFormat: { type: 'text' },
    };
    const saved = await send(
      'POST /api/projects/:project/prompts/:prompt/versions',
      {
        params: { project: 'reviews', prompt: 'classify' },
        body: { content, note: '', author: 'Mallory', parent: 1 },
      } as Sent,
      ada,
    );
    expect(saved.body.version).toMatchObject({ author: 'Ada' });
  });

  it('keep one approver, and replace tokens', async () => {
    const ada = await add('Ada', 'approver');
    const bob = await add('Bob', 'editor', ada);
    const { people } = (await send('GET /api/people', {}, ada)).body;
    const [adaId, bobId] = people.map(({ id }: { id: number }) => id);
    const demote = await send('PATCH /api/people/:id', { params: { id: adaId }, body: { role: 'editor' } }, ada);
    expect(demote).toMatchObject({ status: 409, body: { error: { code: 'last_approver' } } });
    const own = await send('POST /api/people/:id/token', { params: { id: bobId } }, bob);
    expect(own.status).toBe(200);
    expect((await send('POST /api/people/:id/token', { params: { id: adaId } }, own.body.token)).status).toBe(403);
    expect((await send('POST /api/projects', { body: { name: 'Old' } }, bob)).status).toBe(401);
    expect((await send('POST /api/projects', { body: { name: 'New' } }, own.body.token)).status).toBe(200);
    expect((await send('DELETE /api/people/:id', { params: { id: bobId } }, ada)).status).toBe(204);
    expect((await send('POST /api/projects', { body: { name: 'Gone' } }, own.body.token)).status).toBe(401);
  });
});

/** Any values: who may not do it is refused before what they sent is looked at. */
const params = new Proxy<Record<string, string>>({}, { get: () => '1' });
const writing = (Object.keys(contract) as RouteKey[]).filter((key) => roleNeeded(key) !== null);

describe('roles', () => {
  it('are asked for by each operation that writes', async () => {
    const ada = await add('Ada', 'approver');
    const viewer = await add('Vera', 'viewer', ada);
    const editor = await add('Ed', 'editor', ada);
    for (const key of writing) {
      const needed = roleNeeded(key);
      const sent = { params } as Sent;
      expect(await send(key, sent), key).toMatchObject({ status: 401, body: { error: { code: 'person_required' } } });
      const refused = { status: 403, body: { error: { code: 'role_insufficient', details: { needed } } } };
      if (needed !== 'viewer') expect(await send(key, sent, viewer), key).toMatchObject(refused);
      if (needed === 'approver') expect(await send(key, sent, editor), key).toMatchObject(refused);
    }
  });

  it('are not asked for where something is only read, or where programs report', () => {
    const free = (Object.keys(contract) as RouteKey[]).filter(
      (key) => !key.startsWith('GET ') && roleNeeded(key) === null,
    );
    expect(free.sort()).toEqual([
      'DELETE /api/people/me',
      'PATCH /api/observations/:id',
      'POST /api/failed-calls',
      'POST /api/observations',
      'POST /api/people/me',
      'POST /api/projects/:project/alike',
      'POST /api/projects/:project/preview',
      'POST /api/projects/:project/prompts/check',
      'POST /api/projects/:project/releases/evidence',
      'POST /api/projects/:project/runs/plan',
      'POST /api/projects/:project/sets/:set/audit/effect',
      'POST /api/projects/:project/sets/:set/observed-cases/preview',
      'POST /api/projects/:project/sets/preview',
      'POST /api/prompts/:project/:prompt/:label/invoke',
      'POST /api/token-estimate',
    ]);
  });
});
