import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PaceWait } from '../../server/domain/request-pacer.ts';
import { CallGate } from '../../server/providers/call-gate.ts';
import { OpenAiProvider } from '../../server/providers/openai.ts';
import { askModel } from '../../server/services/evaluate/ask-model.ts';
import { reply, startScriptedServer } from './scripted-server.ts';

const never = new AbortController().signal;

/** Enters and says how that went. */
function enter(gate: CallGate, name: string, log: string[], ended = never, tokens = 1): void {
  const entered = Promise.resolve(gate.enter(tokens, ended, () => log.push(`${name} held`)));
  void entered.then((started) => log.push(`${name} ${started === null ? 'ended' : 'started'}`));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('lets calls start in the order they came, as many a minute as the settings allow', async () => {
  const gate = new CallGate();
  gate.limits = { requestsPerMinute: 2, tokensPerMinute: null };
  const log: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) enter(gate, name, log);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(log.filter((line) => line.endsWith('started'))).toEqual(['a started', 'b started']);
  await vi.advanceTimersByTimeAsync(1);
  expect(log.filter((line) => line.endsWith('started'))).toHaveLength(4);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(log.at(-1)).toBe('e started');
});

it('lets a call that is ended leave, and those behind it come up', async () => {
  const gate = new CallGate();
  gate.limits = { requestsPerMinute: null, tokensPerMinute: 100 };
  const log: string[] = [];
  const pause = new AbortController();
  enter(gate, 'first', log, never, 50);
  enter(gate, 'large', log, pause.signal, 90);
  enter(gate, 'small', log, never, 10);
  await vi.advanceTimersByTimeAsync(10);
  expect(log).toEqual(['large held', 'large held', 'first started']);
  pause.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(log.slice(3)).toEqual(['large ended', 'small started']);
});

it('lets those that wait start once the limit is lifted', async () => {
  const gate = new CallGate();
  gate.limits = { requestsPerMinute: 1, tokensPerMinute: null };
  const log: string[] = [];
  enter(gate, 'a', log);
  enter(gate, 'b', log);
  gate.limits = { requestsPerMinute: null, tokensPerMinute: null };
  await vi.advanceTimersByTimeAsync(0);
  expect(log.at(-1)).toBe('b started');
});

it('looks again after a minute though it is to wait for longer than a timer can', async () => {
  const gate = new CallGate();
  gate.learn({ requests: { limit: 1, remaining: 0, resetMs: 2 ** 40 }, tokens: null }, null);
  const log: string[] = [];
  enter(gate, 'a', log);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(log).toEqual(['a held', 'a held', 'a held']);
});

it('waits where the server says that nothing is left, on answers and on refusals alike', async () => {
  vi.useRealTimers();
  const server = await startScriptedServer((_, index) =>
    index === 1
      ? { status: 400, headers: left('1s'), body: { error: { message: 'no' } } }
      : { headers: index === 0 ? left('2s') : {}, body: reply('positive') },
  );
  const connection = { slug: 'lab', name: 'Lab', baseUrl: server.baseUrl, keyVariable: null };
  const provider = new OpenAiProvider({ connection, baseUrl: new URL(server.baseUrl), key: null });
  const request = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello' }], parameters: {} };
  const waits: PaceWait['limit'][] = [];
  const ask = () =>
    askModel(
      provider,
      { ...request, responseFormat: { type: 'text' } },
      { timeoutMs: 5000, signal: never, held: ({ limit }) => waits.push(limit) },
    );
  const said = { kind: 'requests', amount: 60, saidBy: 'server' };
  expect(await ask()).toMatchObject({ type: 'reply' });
  expect(waits).toEqual([]);
  expect(await ask()).toMatchObject({ type: 'failure' });
  expect(waits).toEqual([said]);
  expect(await ask()).toMatchObject({ type: 'reply' });
  expect(waits).toEqual([said, said]);
});

const left = (reset: string) => ({
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': '0',
  'x-ratelimit-reset-requests': reset,
});
