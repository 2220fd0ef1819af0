import { describe, expect, test } from 'vitest';
import type { BatchAnswer, ProviderBatch } from '../../server/providers/batches.ts';
import type { CompatibleServerOptions } from '../fixtures/compatible-server.ts';
import { compatibleServers } from '../fixtures/compatible-servers.ts';
import { ask, everythingSaidBy, failureOf, key, live, providerAt, requestOf } from './call.ts';
import { startScriptedServer } from './scripted-server.ts';

const started = compatibleServers();
async function start(options: CompatibleServerOptions = {}) {
  const server = await started({ requireKey: key, ...options });
  const provider = providerAt(server.baseUrl);
  return { server, provider, batches: provider.batches };
}

/** Sends requests that differ in their text, waits until the batch ended, and reads what it brought by id. */
async function through(
  { batches }: Awaited<ReturnType<typeof start>>,
  texts: readonly string[],
  more: Parameters<typeof requestOf>[0] = {},
): Promise<Record<string, BatchAnswer>> {
  const requestFor = (text: string) => requestOf({ ...more, messages: [{ role: 'user', content: text }] });
  const leftOut = batches.leftOut('test-model');
  const sent = await batches.submit('m1', new Blob(texts.map((text) => batches.line(text, requestFor(text)))), live());
  const read: Record<string, BatchAnswer> = {};
  for await (const line of batches.answers(await ended(batches, sent), live()))
    read[line.id] = line.read(requestFor(line.id), leftOut);
  return read;
}
async function ended(
  batches: Awaited<ReturnType<typeof start>>['batches'],
  { id }: ProviderBatch,
): Promise<ProviderBatch> {
  for (;;) {
    const state = await batches.status(id, live());
    if (state !== null && state.outputs.length > 0) return state;
  }
}

describe('whether there are batches', () => {
  test('is asked of the server, once in a while', async () => {
    const { received, baseUrl } = await startScriptedServer(() => ({ body: { object: 'list', data: [] } }));
    const { batches } = providerAt(baseUrl);
    expect(await batches.offered(live())).toBe(true);
    expect(await batches.offered(live())).toBe(true);
    expect(received.map(({ url }) => url)).toEqual(['/v1/batches?limit=1']);
  });

  test.each([
    ['no such address', { status: 404, body: { error: { message: 'Not found' } } }, false],
    ['a page that is no list', { body: '<html>My app</html>' }, false],
    ['another key is asked for', { status: 401, body: { error: { message: 'No' } } }, null],
    ['the server is down', { status: 503, body: { error: { message: 'No' } } }, null],
  ])('%s', async (_, answer, offered) => {
    const { baseUrl } = await startScriptedServer(() => answer);
    expect(await providerAt(baseUrl).batches.offered(live())).toBe(offered);
  });
});

describe('what is sent and what comes back', () => {
  test('is what a call would send, and the same answers', async () => {
    const started = await start();
    const parameters = { temperature: 0, maxTokens: 5 };
    const read = await through(started, ['Good food', 'Bad food'], { parameters });
    const completion = await ask(started.provider, { parameters });
    expect(read['Good food']).toEqual({ type: 'completion', completion });
    const [batched] = [...started.server.batches.batches.values()].flatMap(({ calls }) => calls);
    expect(batched?.body).toEqual(started.server.requests[0]?.body);
  });

  test('settings that were refused before are left out, and it is said', async () => {
    const started = await start({ fixedParameters: { temperature: 1 } });
    const parameters = { temperature: 0 };
    await ask(started.provider, { parameters });
    expect(started.batches.leftOut('test-model')).toEqual(['temperature']);
    const read = await through(started, ['Good food'], { parameters });
    expect(read).toMatchObject({
      'Good food': { completion: { notes: ['temperature was left out: this model refuses it.'] } },
    });
  });

  test('settings that a batch refuses are worth another try, without them', async () => {
    const started = await start({ rejectParameters: ['seed'] });
    const parameters = { seed: 7 };
    expect(await through(started, ['Good food'], { parameters })).toMatchObject({
      'Good food': { type: 'failure', failure: { code: 'refused_request' }, retryable: true },
    });
    expect(await through(started, ['Good food'], { parameters })).toMatchObject({
      'Good food': { type: 'completion' },
    });
  });

  test('failures say whether another try may help', async () => {
    const faults = { limited: 'rateLimited', failed: 'serverError', refused: 'refused', late: 'expired' } as const;
    const started = await start({
      batches: { fault: ({ content }) => (content in faults ? faults[content as keyof typeof faults] : null) },
    });
    expect(await through(started, [...Object.keys(faults), 'fine'])).toMatchObject({
      limited: { failure: { code: 'rate_limited' }, retryable: true },
      failed: { failure: { code: 'server_error' }, retryable: true },
      refused: { failure: { code: 'refused_request' }, retryable: false },
      late: { failure: { code: 'timeout' }, retryable: true },
      fine: { type: 'completion' },
    });
  });

  test('lines that are no answers are passed over', async () => {
    const started = await start({ batches: { fault: ({ content }) => (content === 'odd' ? 'broken' : null) } });
    expect(Object.keys(await through(started, ['odd', 'fine']))).toEqual(['fine']);
  });

  test('a key in an answer is hidden', async () => {
    const started = await start({ answer: () => `The key is ${key}` });
    expect(JSON.stringify(await through(started, ['Good food']))).not.toContain(key);
  });
});

describe('a batch', () => {
  test('is found by the name that it was sent under, and not under another', async () => {
    const { batches } = await start();
    const { id } = await batches.submit('m1', new Blob([batches.line('a', requestOf())]), live());
    expect(await batches.find('m1', live())).toMatchObject({ id });
    expect(await batches.find('m2', live())).toBeNull();
    expect(await batches.status('batch_none', live())).toBeNull();
  });

  test('says when it expires and why it was refused', async () => {
    const { batches } = await start({ batches: { takesMs: 1, outcome: () => ({ failed: 'token_limit_exceeded' }) } });
    const { id, expiresAt } = await batches.submit('m1', new Blob([batches.line('a', requestOf())]), live());
    expect(Date.parse(expiresAt ?? '')).toBeGreaterThan(Date.now() + 86_000_000);
    await expect
      .poll(() => batches.status(id, live()))
      .toMatchObject({ status: 'failed', failure: { code: 'token_limit_exceeded', message: expect.any(String) } });
  });

  test('leaves nothing at the provider once it is discarded', async () => {
    const { server, batches } = await start();
    const sent = await batches.submit('m1', new Blob([batches.line('a', requestOf())]), live());
    await batches.discard(await ended(batches, sent), live());
    expect(server.batches.files.size).toBe(0);
  });

  test('that is no batch is an unreadable reply, and no message holds the key', async () => {
    const { baseUrl } = await startScriptedServer(() => ({ body: { id: 7 } }));
    const error = await failureOf(providerAt(baseUrl).batches.status('b', live()));
    expect(error).toMatchObject({ failure: { code: 'unreadable_reply' }, retryable: true });
    const wrong = await start({ requireKey: 'another-key-1234567' });
    const refused = await failureOf(wrong.batches.find('m1', live()));
    expect(refused).toMatchObject({ failure: { code: 'unauthorized' }, retryable: false });
    expect(everythingSaidBy(refused)).not.toContain(key);
  });

  test('an abort rejects with its reason', async () => {
    const { batches } = await start();
    const reason = new Error('not wanted any more');
    const signal = AbortSignal.abort(reason);
    await expect(batches.submit('m1', new Blob([]), signal)).rejects.toBe(reason);
    await expect(batches.status('b', signal)).rejects.toBe(reason);
    await expect(batches.find('m1', signal)).rejects.toBe(reason);
  });
});
