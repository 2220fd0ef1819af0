import { createServer } from 'node:net';
import { APIConnectionError } from 'openai';
import { describe, expect, test } from 'vitest';
import { callFailure } from '../../server/providers/openai-failure.ts';
import type { CompatibleServerOptions } from '../fixtures/compatible-server.ts';
import { compatibleServers } from '../fixtures/compatible-servers.ts';
import { ask, everythingSaidBy, failureOf, key, live, providerAt, stream } from './call.ts';
import { events, startScriptedServer } from './scripted-server.ts';

const started = compatibleServers();
async function start(options: CompatibleServerOptions) {
  const server = await started(options);
  return { server, provider: providerAt(server.baseUrl) };
}

const bothWays = [
  ['whole', ask],
  ['streamed', stream],
] as const;

describe.each(bothWays)('faults of a server, %s', (_, call) => {
  test.each([
    [
      { rateLimited: 1, retryAfterSeconds: 7 },
      { code: 'rate_limited', retryable: true, retryAfterMs: 7000 },
    ],
    [{ serverError: 1 }, { code: 'server_error', retryable: true, retryAfterMs: null }],
    [{ cutOff: 1 }, { code: 'connection_lost', retryable: true, retryAfterMs: null }],
    [{ brokenJson: 1 }, { code: 'unreadable_reply', retryable: true, retryAfterMs: null }],
  ])('%j', async (faults, { code, ...rest }) => {
    const { server, provider } = await start({ faults });
    expect(await failureOf(call(provider))).toMatchObject({ failure: { code }, ...rest });
    expect(server.count).toBe(1);
  });

  test('silence is a timeout', async () => {
    const { server } = await start({ faults: { silent: 1 } });
    const provider = providerAt(server.baseUrl, { timeoutMs: 100 });
    expect(await failureOf(call(provider))).toMatchObject({ failure: { code: 'timeout' }, retryable: true });
  });

  test('a wrong key names its variable and is itself not shown', async () => {
    const { provider } = await start({ requireKey: 'sk-the-right-one' });
    const error = await failureOf(call(provider));
    expect(error).toMatchObject({ failure: { code: 'unauthorized' }, retryable: false });
    expect(error.failure.message).toContain('ACME_API_KEY');
    expect(error.failure.message).toContain('Incorrect API key provided: ••••');
    expect(everythingSaidBy(error)).not.toContain(key);
  });

  test('a prompt beyond the context, and a model that is not there', async () => {
    const { provider } = await start({ contextLimit: 1, models: ['test-model'] });
    expect(await failureOf(call(provider))).toMatchObject({ failure: { code: 'too_long' }, retryable: false });
    const error = await failureOf(call(provider, { model: 'gone' }));
    expect(error).toMatchObject({ failure: { code: 'model_not_found' }, retryable: false });
    expect(error.message).toContain('"gone"');
  });
});

test('a stream that ends without a finish reason was cut off; one without pieces is unreadable; one may hold an error', async () => {
  const replies = [
    events({ choices: [{ delta: { content: 'posi' } }] }),
    { body: { hello: 'world' } },
    events({ choices: [{ delta: { content: 'posi' } }] }, { error: { message: 'Overloaded' } }),
  ];
  const { baseUrl } = await startScriptedServer((_, index) => replies[index] ?? {});
  const provider = providerAt(baseUrl);
  expect(await failureOf(stream(provider))).toMatchObject({ failure: { code: 'connection_lost' }, retryable: true });
  expect(await failureOf(stream(provider))).toMatchObject({ failure: { code: 'unreadable_reply' }, retryable: true });
  const overloaded = await failureOf(stream(provider));
  expect(overloaded).toMatchObject({ failure: { code: 'server_error' }, retryable: true });
  expect(overloaded.message).toContain('It said: Overloaded');
});

const error = (message: string, more: Record<string, unknown> = {}) => ({ error: { message, ...more } });
test.each([
  ['an empty body', {}, 'unreadable_reply', true],
  ['no choices', { body: { choices: [] } }, 'unreadable_reply', true],
  ['no message', { body: { choices: [{ index: 0 }] } }, 'unreadable_reply', true],
  ['a page instead of JSON', { body: '<html>Hello</html>' }, 'unreadable_reply', true],
  [
    'no quota',
    { status: 429, body: error('You exceeded your quota', { code: 'insufficient_quota' }) },
    'rate_limited',
    false,
  ],
  [
    'a call larger than a minute allows',
    { status: 429, body: error('Request too large for gpt-4') },
    'too_long',
    false,
  ],
  ['403', { status: 403, body: error('Country not supported') }, 'unauthorized', false],
  ['403 of a model', { status: 403, body: error('No access', { code: 'model_not_found' }) }, 'model_not_found', false],
  [
    '404 of a model',
    { status: 404, body: error('model "x" not found, try pulling it first') },
    'model_not_found',
    false,
  ],
  ['404 of the address', { status: 404, body: '404 page not found' }, 'unreachable', false],
  ['408', { status: 408 }, 'timeout', true],
  ['413', { status: 413 }, 'too_long', false],
  ['422', { status: 422, body: error('no such thing') }, 'refused_request', false],
  [
    'an overlong prompt in words',
    { status: 400, body: error('the request exceeds the available context size') },
    'too_long',
    false,
  ],
  ['503', { status: 503, body: 'Loading model' }, 'server_error', true],
  ['a status inside of a 200', { body: error('Slow down', { code: 429 }) }, 'rate_limited', true],
  ['an error inside of a 200', { body: error('Provider returned error') }, 'server_error', true],
])('%s', async (_, scripted, code, retryable) => {
  const { received, baseUrl } = await startScriptedServer(() => scripted);
  const failure = await failureOf(ask(providerAt(baseUrl)));
  expect(failure).toMatchObject({ failure: { code }, retryable });
  expect(failure.message).toMatch(/^\S.*\.|It said: /);
  expect(received).toHaveLength(1);
});

test('a redirect is not followed: it could lead away from this machine', async () => {
  const elsewhere = await startScriptedServer(() => ({ body: {} }));
  const location = `${elsewhere.baseUrl}/chat/completions`;
  const { baseUrl } = await startScriptedServer(() => ({ status: 307, headers: { location } }));
  const failure = await failureOf(ask(providerAt(baseUrl)));
  expect(failure).toMatchObject({ failure: { code: 'refused_request' }, retryable: false });
  expect(elsewhere.received).toEqual([]);
});

test('the server’s words are quoted, shortened, and readable where they are a page', async () => {
  const body = `<html><style>b{}</style><body><h1>502 Bad Gateway</h1>${'x'.repeat(2000)}</body></html>`;
  const { baseUrl } = await startScriptedServer(() => ({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body,
  }));
  const { message } = await failureOf(ask(providerAt(baseUrl)));
  expect(message).toContain('It said: 502 Bad Gateway xxx');
  expect(message.length).toBeLessThan(700);
});

test('a 429 with a date or with milliseconds says when to come back', async () => {
  const headers: Record<string, string>[] = [
    { 'retry-after': new Date(Date.now() + 30_000).toUTCString() },
    { 'retry-after-ms': '1500', 'retry-after': '9' },
  ];
  const { baseUrl } = await startScriptedServer((_, index) => ({ status: 429, headers: headers[index] }));
  const provider = providerAt(baseUrl);
  const { retryAfterMs } = await failureOf(ask(provider));
  expect(retryAfterMs).toBeGreaterThan(27_000);
  expect(retryAfterMs).toBeLessThanOrEqual(30_000);
  expect(await failureOf(ask(provider))).toMatchObject({ retryAfterMs: 1500 });
});

test('a port where nothing listens is not worth another try, and a lost socket is', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const baseUrl = `http://127.0.0.1:${address.port}/v1`;
  const provider = providerAt(baseUrl);
  expect(await failureOf(ask(provider))).toMatchObject({ failure: { code: 'connection_lost' }, retryable: true });
  await new Promise((resolve) => server.close(resolve));
  for (const call of [() => ask(provider), () => stream(provider), () => provider.models(live())]) {
    const failure = await failureOf(call());
    expect(failure).toMatchObject({ failure: { code: 'unreachable' }, retryable: false });
    expect(failure.message).toContain('Start it');
    expect(everythingSaidBy(failure)).not.toContain(`127.0.0.1:${address.port}`);
  }
});

test.each([
  ['ENOTFOUND', 'unreachable', false],
  ['EHOSTUNREACH', 'unreachable', false],
  ['CERT_HAS_EXPIRED', 'unreachable', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', false],
  ['EAI_AGAIN', 'connection_lost', true],
  ['ECONNRESET', 'connection_lost', true],
  ['UND_ERR_SOCKET', 'connection_lost', true],
  ['ETIMEDOUT', 'timeout', true],
  ['UND_ERR_BODY_TIMEOUT', 'timeout', true],
])('a socket that fails with %s', (systemCode, code, retryable) => {
  const cause = Object.assign(new Error(`getaddrinfo ${systemCode} my-host`), { code: systemCode });
  const fetched = new TypeError('fetch failed', { cause });
  const mask = (text: string) => text.replaceAll('my-host', '••••');
  const context = { name: 'Acme', model: null, keyVariable: null, keyPresent: false, mask };
  for (const thrown of [new APIConnectionError({ cause: fetched }), fetched]) {
    const failure = callFailure(thrown, context);
    expect(failure).toMatchObject({ failure: { code }, retryable });
    expect(everythingSaidBy(failure)).toContain(systemCode);
    expect(everythingSaidBy(failure)).not.toContain('my-host');
  }
});

test('what is no failure of a call stays what it is', () => {
  const context = { name: 'Acme', model: null, keyVariable: null, keyPresent: false, mask: String };
  for (const thrown of [new TypeError('x is not a function'), new RangeError('no'), 'text'])
    expect(callFailure(thrown, context)).toBe(thrown);
});

test('a key that no header can hold is refused before it is sent, and not quoted', async () => {
  const { received, baseUrl } = await startScriptedServer(() => ({}));
  const failure = await failureOf(ask(providerAt(baseUrl, { key: 'sk-naïve key\nof two lines' })));
  expect(failure).toMatchObject({ failure: { code: 'unauthorized' }, retryable: false });
  expect(everythingSaidBy(failure)).not.toContain('naïve');
  expect(received).toEqual([]);
});

test('neither the key nor other secrets nor the address survive in an error, wherever the server puts them', async () => {
  const other = 'a-password-of-another-server';
  const { baseUrl } = await startScriptedServer(({ headers }) => ({
    status: 400,
    headers: { 'x-echo': String(headers.authorization) },
    body: error(`Bad call to http://${headers.host}/v1 with ${headers.authorization} and ${other}`),
  }));
  const provider = providerAt(baseUrl, { secrets: () => [other] });
  const said = everythingSaidBy(await failureOf(ask(provider)));
  expect(said).toContain('Bad call to');
  for (const secret of [key, other, baseUrl, new URL(baseUrl).host]) expect(said).not.toContain(secret);
});
