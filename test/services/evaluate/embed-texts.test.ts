import { afterEach, describe, expect, test } from 'vitest';
import { noRateLimits } from '../../../server/domain/request-pacer.ts';
import { CallGate } from '../../../server/providers/call-gate.ts';
import type { Provider } from '../../../server/providers/provider.ts';
import { createEmbedder } from '../../../server/services/evaluate/embed-texts.ts';
import { pricesOf } from '../../fixtures/prices-of.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';
import { live, providerAt } from '../../providers/call.ts';
import { type Scripted, startScriptedServer } from '../../providers/scripted-server.ts';

let bench: TestWorkbench;
afterEach(() => bench.close());

/** A list of embeddings as a server gives them, counted as 500,000 tokens a text. */
const vectors = (texts: unknown): Scripted => ({
  body: {
    data: (Array.isArray(texts) ? texts : []).map((_, index) => ({ index, embedding: [3, 4] })),
    usage: { prompt_tokens: 500_000 * (Array.isArray(texts) ? texts.length : 0) },
  },
});

/** An embedder whose model costs $2 per million tokens. */
async function start(answer: (texts: unknown, index: number) => Scripted, gate?: CallGate) {
  bench = await openTestWorkbench();
  const server = await startScriptedServer(({ body }, index) => answer(body.input, index));
  const prices = pricesOf({ 'acme/embedder': { input: 2, cachedInput: null, output: 0 } });
  const provider: Provider = providerAt(server.baseUrl, gate && { gate });
  const embed = await createEmbedder({ ...bench.workbench, prices }, provider, 'acme/embedder');
  return { ...server, embed };
}

describe('an embedding model', () => {
  test('is asked for what is not kept, all in one call, and what it costs is said', async () => {
    const { embed, received } = await start(vectors);
    const first = await embed(['good', 'fine', 'good'], live());
    expect(first.vectors).toEqual([
      [0.6, 0.8],
      [0.6, 0.8],
      [0.6, 0.8],
    ]);
    expect(first.costUsd).toBeCloseTo(2);
    expect((await embed(['good', 'bad'], live())).costUsd).toBeCloseTo(1);
    expect(await embed(['bad', 'fine'], live())).toMatchObject({ costUsd: 0 });
    expect(received.map(({ body }) => body.input)).toEqual([['good', 'fine'], ['bad']]);
  });

  test('that gives longer vectors than it once did is asked anew for those that are kept', async () => {
    let embedding = [3, 4];
    const answer = (texts: unknown) => ({
      body: { data: (Array.isArray(texts) ? texts : []).map((_, index) => ({ index, embedding })) },
    });
    const { embed, received } = await start(answer);
    await embed(['good'], live());
    embedding = [0, 3, 4];
    for (const _ of ['asks', 'has it'])
      expect((await embed(['good', 'bad'], live())).vectors.map(({ length }) => length)).toEqual([3, 3]);
    expect(received.map(({ body }) => body.input)).toEqual([['good'], ['bad'], ['good']]);
  });

  test('is asked again where that may help', async () => {
    const busy: Scripted = { status: 429, headers: { 'retry-after': '0' }, body: { error: { message: 'slow down' } } };
    const { embed, received } = await start((texts, index) => (index === 0 ? busy : vectors(texts)));
    expect((await embed(['good'], live())).vectors).toHaveLength(1);
    expect(received).toHaveLength(2);
  });

  test('that refuses is a judgement that failed, with its reason', async () => {
    const refusal = { status: 400, body: { error: { message: 'this model makes no embeddings' } } };
    const { embed, received } = await start(() => refusal);
    await expect(embed(['good'], live())).rejects.toMatchObject({
      name: 'ScoringError',
      code: 'judge_failed',
      message: expect.stringMatching(/acme\/embedder gave no vectors: .*makes no embeddings/),
    });
    expect(received).toHaveLength(1);
  });

  test('waits for the limits of its connection, until it is ended', async () => {
    const gate = new CallGate();
    gate.limits = { ...noRateLimits, requestsPerMinute: 1 };
    const { embed, received } = await start(vectors, gate);
    await embed(['good'], live());
    const ending = new AbortController();
    const held = embed(['bad'], ending.signal);
    setTimeout(() => ending.abort(new Error('enough')), 50);
    await expect(held).rejects.toThrow('enough');
    expect(received).toHaveLength(1);
  });

  test('teaches the gate what the server says of its limits', async () => {
    const gate = new CallGate();
    const headers = {
      'x-ratelimit-limit-requests': '1',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '60s',
    };
    const { embed, received } = await start((texts) => ({ ...vectors(texts), headers }), gate);
    await embed(['good'], live());
    await expect(embed(['bad'], AbortSignal.timeout(50))).rejects.toThrow();
    expect(received).toHaveLength(1);
  });
});
