import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompatibleServer, startCompatibleServer } from '../../fixtures/compatible-server.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { scopeAsking } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let other: CompatibleServer;
beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  other = await startCompatibleServer({ models: ['small', 'large'] });
});
afterAll(async () => {
  await server.close();
  await other.close();
  await test.close();
});

const references = async () =>
  (await server.call('GET /api/models', { query: { refresh: true } })).models.map(({ reference }) => reference);

describe('models', () => {
  it('are listed with where they answer and what they cost', async () => {
    const { models } = await server.call('GET /api/models');
    const free = { input: 0, cachedInput: 0, output: 0 };
    const unknownFacts = { weights: null, licence: null, parameters: null, contextTokens: null };
    const shared = { price: free, allowed: true, speed: null };
    expect(models).toEqual([
      {
        ...shared,
        reference: 'local/smollm2-135m',
        connection: 'local',
        name: 'smollm2-135m',
        destination: 'in_process',
        standIn: false,
        sizeClass: 'under_1b',
        facts: { weights: 'open', licence: 'Apache-2.0', parameters: 134_515_008, contextTokens: 8192 },
      },
      {
        ...shared,
        reference: 'builtin/lexicon',
        connection: 'builtin',
        name: 'lexicon',
        destination: 'in_process',
        standIn: true,
        sizeClass: null,
        facts: unknownFacts,
      },
      {
        ...shared,
        reference: 'openai/test-model',
        connection: 'openai',
        name: 'test-model',
        destination: 'loopback',
        standIn: false,
        sizeClass: null,
        facts: unknownFacts,
      },
    ]);
  });

  it('on this machine are allowed where data may not leave it', async () => {
    const project = await test.workbench.stores.projects.create('Private');
    await test.workbench.stores.projects.saveScope(project.id, scopeAsking({ dataMayLeave: false }), '');
    const { models } = await server.call('GET /api/models', { query: { project: 'private' } });
    expect(models.map(({ allowed }) => allowed)).toEqual([true, true, true]);
    expect(await server.refusal('GET /api/models', { query: { project: 'none' } })).toMatchObject({ status: 404 });
  });
});

describe('connections', () => {
  it('are added, answer with their models, and are removed', async () => {
    const added = await server.call('POST /api/connections', { body: { name: 'My server', baseUrl: other.baseUrl } });
    expect(added).toEqual({
      slug: 'my-server',
      name: 'My server',
      baseUrl: other.baseUrl,
      destination: 'loopback',
      keyVariable: null,
      keyPresent: false,
      kind: 'added',
      state: 'reachable',
      reason: '',
      modelCount: 2,
      limits: { requestsPerMinute: null, tokensPerMinute: null },
    });
    expect(await references()).toContain('my-server/large');
    expect((await server.call('GET /api/connections')).connections.map(({ slug }) => slug)).toContain('my-server');
    await server.call('DELETE /api/connections/:slug', { params: { slug: 'my-server' } });
    expect(await references()).not.toContain('my-server/large');
  });

  it('never show a key, only whether it is there', async () => {
    const text = await (await server.send('GET /api/connections')).text();
    expect(JSON.parse(text).connections).toContainEqual(
      expect.objectContaining({ keyVariable: 'OPENAI_API_KEY', keyPresent: true }),
    );
    expect(text).not.toContain('test-key');
  });

  it('are refused under a name that is taken or none, and at an address that is none', async () => {
    const add = (name: string, baseUrl = other.baseUrl) =>
      server.refusal('POST /api/connections', { body: { name, baseUrl } });
    expect(await add('OpenAI')).toMatchObject({ status: 409, code: 'connection_exists' });
    expect(await add('builtin')).toMatchObject({ status: 409, code: 'connection_exists' });
    expect(await add('…')).toMatchObject({ status: 400, code: 'connection_name_invalid' });
    expect(await add('ftp', 'ftp://example.com')).toMatchObject({ status: 400, code: 'request_invalid' });
  });

  it('are limited to what is asked of them in a minute, but not what runs in this program', async () => {
    const limits = { requestsPerMinute: 60, tokensPerMinute: null };
    const limit = (slug: string) => ({ params: { slug }, body: limits });
    expect(await server.call('PUT /api/connections/:slug/limits', limit('openai'))).toMatchObject({ limits });
    const { connections } = await server.call('GET /api/connections');
    expect(connections.find(({ slug }) => slug === 'openai')?.limits).toEqual(limits);
    expect(connections.find(({ slug }) => slug === 'builtin')?.limits).toBeNull();
    const refused = (slug: string) => server.refusal('PUT /api/connections/:slug/limits', limit(slug));
    expect(await refused('builtin')).toMatchObject({ status: 403, code: 'connection_not_limitable' });
    expect(await refused('none')).toMatchObject({ status: 404, code: 'connection_missing' });
    const none = { requestsPerMinute: null, tokensPerMinute: null };
    const lifted = await server.call('PUT /api/connections/:slug/limits', { params: { slug: 'openai' }, body: none });
    expect(lifted.limits).toEqual(none);
  });

  it('that were not added by hand stay', async () => {
    const remove = (slug: string) => server.refusal('DELETE /api/connections/:slug', { params: { slug } });
    expect(await remove('openai')).toMatchObject({ status: 403, code: 'connection_not_removable' });
    expect(await remove('none')).toMatchObject({ status: 404, code: 'connection_missing' });
  });
});

describe('about', () => {
  it('says what this is and where its data lies', async () => {
    const { dataDirectory } = test.workbench;
    expect(await server.call('GET /api/about')).toEqual({ version: '0.0.0-test', dataDirectory });
  });
});
