import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../server/domain/connection.ts';
import type { LocalServer } from '../../server/providers/detected.ts';
import type { Environment } from '../../server/providers/environment.ts';
import { createProviderRegistry } from '../../server/providers/index.ts';
import type { Provider } from '../../server/providers/provider.ts';
import { startCompatibleServer } from '../fixtures/compatible-server.ts';
import { compatibleServers } from '../fixtures/compatible-servers.ts';
import { ask, key } from './call.ts';
import { startScriptedServer } from './scripted-server.ts';

const start = compatibleServers();

/** A port where nothing listens. */
async function freePort() {
  const server = await startCompatibleServer();
  await server.close();
  return server.port;
}

const builtIn: Provider = {
  connection: 'builtin',
  destination: 'in_process',
  standIn: true,
  models: async () => ['lexicon'],
  complete: async () => expect.unreachable('It is not called here.'),
};

function registryOf({
  variables = {},
  added = [],
  detection = [],
}: {
  variables?: Record<string, string>;
  added?: readonly Connection[];
  detection?: readonly LocalServer[];
}) {
  const environment: Environment = { get: (name) => variables[name], secrets: () => Object.values(variables) };
  return createProviderRegistry({ environment, addedConnections: async () => added, builtIn: [builtIn], detection });
}

const offline = { OPENAI_BASE_URL: 'https://models.invalid/v1' };
const acme = (baseUrl: string, keyVariable: string | null = null): Connection => ({
  slug: 'acme',
  name: 'Acme',
  baseUrl,
  keyVariable,
});
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('openai', () => {
  test('is listed without a key, and says what it needs', async () => {
    const registry = registryOf({});
    expect(await registry.connections()).toMatchObject([
      {
        slug: 'builtin',
        kind: 'built_in',
        state: 'reachable',
        baseUrl: null,
        destination: 'in_process',
        modelCount: 1,
      },
      {
        slug: 'openai',
        kind: 'environment',
        state: 'no_key',
        keyPresent: false,
        destination: 'network',
        keyVariable: 'OPENAI_API_KEY',
        modelCount: 0,
      },
    ]);
    await expect(registry.get('openai')).rejects.toThrow(code('connection_key_missing'));
    await expect(registry.get('openai')).rejects.toThrow(/OPENAI_API_KEY/);
  });

  test('on this machine needs no key', async () => {
    const server = await start({ models: ['a', 'b'] });
    const registry = registryOf({ variables: { OPENAI_BASE_URL: server.baseUrl } });
    expect((await registry.connections())[1]).toMatchObject({
      state: 'reachable',
      reason: '',
      destination: 'loopback',
      modelCount: 2,
    });
    expect(await registry.models()).toEqual([
      {
        reference: 'builtin/lexicon',
        connection: 'builtin',
        name: 'lexicon',
        destination: 'in_process',
        standIn: true,
      },
      { reference: 'openai/a', connection: 'openai', name: 'a', destination: 'loopback', standIn: false },
      { reference: 'openai/b', connection: 'openai', name: 'b', destination: 'loopback', standIn: false },
    ]);
  });

  test('with a key that is refused says so and does not show it', async () => {
    const server = await start({ requireKey: 'sk-the-right-one' });
    const registry = registryOf({ variables: { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: key } });
    const [, state] = await registry.connections();
    expect(state).toMatchObject({
      state: 'unreachable',
      keyPresent: true,
      reason: expect.stringContaining('OPENAI_API_KEY'),
    });
    expect(JSON.stringify(state)).not.toContain(key);
  });

  test('at an address that can’t be called', async () => {
    const registry = registryOf({
      variables: { OPENAI_BASE_URL: 'https://me:my-password@host/v1', OPENAI_API_KEY: key },
    });
    const [, state] = await registry.connections();
    expect(state).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('OPENAI_BASE_URL') });
    expect(JSON.stringify(state)).not.toContain('my-password');
    await expect(registry.get('openai')).rejects.toThrow(code('connection_address_invalid'));
  });

  test('takes up a key as soon as there is one, and keeps its client until then', async () => {
    const server = await start({ requireKey: key });
    const variables: Record<string, string> = { OPENAI_BASE_URL: server.baseUrl };
    const registry = registryOf({ variables });
    expect((await registry.connections())[1]).toMatchObject({ state: 'unreachable' });
    const before = await registry.get('openai');
    expect(await registry.get('openai')).toBe(before);
    variables.OPENAI_API_KEY = key;
    expect((await registry.connections())[1]).toMatchObject({ state: 'reachable', keyPresent: true });
    const after = await registry.get('openai');
    expect(after).not.toBe(before);
    await expect(ask(after)).resolves.toMatchObject({ finishReason: 'stop' });
  });
});

describe('added connections', () => {
  test('with their own key; of two of the same name the first counts', async () => {
    const server = await start({ requireKey: key });
    const added = [acme(server.baseUrl, 'ACME_KEY'), { ...acme('http://127.0.0.1:9/v1'), slug: 'openai' }];
    const registry = registryOf({ variables: { ...offline, ACME_KEY: key }, added });
    expect(await registry.connections()).toMatchObject([
      { slug: 'builtin' },
      { slug: 'openai', kind: 'environment' },
      { slug: 'acme', name: 'Acme', kind: 'added', state: 'reachable', keyPresent: true },
    ]);
    await expect(ask(await registry.get('acme'))).resolves.toMatchObject({ servedModel: 'test-model' });
  });

  test('one that is down, lacks its key or talks nonsense does not take the others along', async () => {
    const strange = await startScriptedServer(() => ({ body: 'nothing like a list' }));
    const down: Connection = {
      slug: 'down',
      name: 'Down',
      baseUrl: `http://127.0.0.1:${await freePort()}/v1`,
      keyVariable: null,
    };
    const keyless: Connection = {
      slug: 'keyless',
      name: 'Keyless',
      baseUrl: 'https://models.invalid/v1',
      keyVariable: 'NO_KEY',
    };
    const added = [down, keyless, acme(strange.baseUrl)];
    const registry = registryOf({ variables: offline, added });
    expect((await registry.connections()).map(({ slug, state }) => [slug, state])).toEqual([
      ['builtin', 'reachable'],
      ['openai', 'no_key'],
      ['down', 'unreachable'],
      ['keyless', 'no_key'],
      ['acme', 'unreachable'],
    ]);
    expect((await registry.models()).map(({ reference }) => reference)).toEqual(['builtin/lexicon']);
  });

  test('one that is not there is said together with those that are', async () => {
    const registry = registryOf({ variables: offline });
    await expect(registry.get('nowhere')).rejects.toThrow(code('connection_missing'));
    await expect(registry.get('nowhere')).rejects.toThrow(/builtin, openai/);
    expect(await registry.get('builtin')).toBe(builtIn);
  });

  test('say which of their models make embeddings; one that fails there has none', async () => {
    const models = ['chat', 'text-embedding-3-small'];
    const server = await start({ models });
    const failing = await startScriptedServer((_, index) =>
      index === 0 ? { body: { data: [{ id: 'bge-m3' }] } } : { status: 500, body: 'down' },
    );
    const added = [acme(server.baseUrl), { ...acme(failing.baseUrl), slug: 'failing' }];
    const registry = registryOf({ variables: offline, added });
    const references = async (purpose: 'answers' | 'embeddings') =>
      (await registry.models({ purpose })).map(({ reference }) => reference);
    expect(await references('answers')).toEqual(['builtin/lexicon', 'acme/chat']);
    expect(await references('embeddings')).toEqual(['acme/text-embedding-3-small']);
  });

  test('what was seen is remembered for a while, unless asked anew', async () => {
    let lists = 0;
    const { baseUrl } = await startScriptedServer(() => ({ body: { data: [{ id: `model-${++lists}` }] } }));
    const registry = registryOf({ variables: offline, added: [acme(baseUrl)] });
    const names = async (refresh?: boolean) => (await registry.models({ refresh })).map(({ name }) => name).slice(1);
    expect(await Promise.all([names(), names()])).toEqual([['model-1'], ['model-1']]);
    await registry.connections();
    expect(await names()).toEqual(['model-1']);
    expect(await names(true)).toEqual(['model-2']);
  });

  test('what runs in this process is asked each time: a file may have come', async () => {
    const files = ['small'];
    const here: Provider = { ...builtIn, models: async () => [...files] };
    const registry = createProviderRegistry({
      environment: { get: () => undefined, secrets: () => [] },
      addedConnections: async () => [],
      builtIn: [here],
      detection: [],
    });
    const names = async () => (await registry.models()).map(({ name }) => name);
    expect(await names()).toEqual(['small']);
    files.push('large');
    expect(await names()).toEqual(['small', 'large']);
  });
});

describe('servers on this machine', () => {
  test('are found where they run, and not listed where they don’t', async () => {
    const ollama = await start({ models: ['llama3'] });
    const otherApp = await startScriptedServer(() => ({ body: '<html>My app</html>' }));
    const guarded = await startScriptedServer(() => ({ status: 401, body: { message: 'Log in' } }));
    const detection = [
      { slug: 'ollama', name: 'Ollama', port: ollama.port },
      { slug: 'lm-studio', name: 'LM Studio', port: await freePort() },
      { slug: 'llama-cpp', name: 'llama.cpp', port: otherApp.port },
      { slug: 'vllm', name: 'vLLM', port: guarded.port },
    ];
    const registry = registryOf({ variables: offline, detection });
    expect((await registry.connections()).slice(2)).toMatchObject([
      {
        slug: 'ollama',
        name: 'Ollama',
        kind: 'detected',
        state: 'reachable',
        destination: 'loopback',
        keyVariable: null,
        modelCount: 1,
      },
    ]);
    expect((await registry.models()).map(({ reference }) => reference)).toContain('ollama/llama3');
    await expect(ask(await registry.get('ollama'), { model: 'llama3' })).resolves.toMatchObject({
      servedModel: 'llama3',
    });
    await expect(ask(await registry.get('lm-studio'))).rejects.toThrow(/LM Studio can't be reached/);
  });

  test('one that hangs holds up the page by less than a second', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const registry = registryOf({ variables: offline, detection: [{ slug: 'vllm', name: 'vLLM', port }] });
    const began = performance.now();
    expect((await registry.connections()).map(({ slug }) => slug)).toEqual(['builtin', 'openai']);
    expect(performance.now() - began).toBeLessThan(1500);
    mute.close();
  });
});
