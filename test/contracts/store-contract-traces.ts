import { expect, it } from 'vitest';
import type { NewSpan } from '../../server/storage/trace-store.ts';
import { aTrace, traceSpan } from '../fixtures/trace-spans.ts';
import type { Opened } from './store-contract.ts';

const second = 1_000_000;
const begin = traceSpan().startUs;
const another = 'a'.repeat(32);

const recorded = (more: Partial<NewSpan> = {}): NewSpan => {
  const { statusMessage: _message, attributes, events, ...span } = traceSpan();
  return {
    ...span,
    type: 'other',
    service: 'shop',
    error: null,
    model: null,
    servedModel: null,
    finishReason: null,
    inputTokens: null,
    outputTokens: null,
    cachedInputTokens: null,
    costUsd: null,
    input: [],
    output: [],
    attributes,
    events,
    ...more,
  };
};
const called = (spanId: string, more: Partial<NewSpan> = {}): NewSpan =>
  recorded({
    spanId,
    type: 'model_call',
    model: 'openai/gpt-5-mini',
    name: 'chat',
    parentSpanId: '1'.repeat(16),
    inputTokens: 100,
    outputTokens: 10,
    cachedInputTokens: 80,
    costUsd: 0.5,
    ...more,
  });

export function traceContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const { id: project } = await stores.projects.create('Reviews');
    return { traces: stores.traces, project, other: (await stores.projects.create('Other')).id };
  };

  it('sums up a trace from its spans, whatever order they come in, and counts one that is sent again once', async () => {
    const { traces, project } = await start();
    const child = called('2'.repeat(16), { startUs: begin + second / 2, durationMs: 2000, service: 'model' });
    await traces.add(project, [child]);
    expect(await traces.get(project, aTrace)).toMatchObject({ name: 'chat', service: 'model', durationMs: 2000 });
    const root = recorded({ spanId: '1'.repeat(16), name: 'answer' });
    const failed = called('3'.repeat(16), { error: 'too slow', status: 'error', costUsd: null });
    await traces.add(project, [child, root, failed]);
    await traces.add(project, [{ ...child, inputTokens: 9999 }]);
    const about = { spans: 3, errors: 1, modelCalls: 2, inputTokens: 200, outputTokens: 20, cachedInputTokens: 160 };
    expect(await traces.get(project, aTrace)).toEqual({
      id: expect.any(Number),
      traceId: aTrace,
      name: 'answer',
      service: 'shop',
      startUs: begin,
      durationMs: 2500,
      ...about,
      costUsd: 0.5,
      unpriced: 1,
    });
    expect(await traces.known(project, [child, root, called('4'.repeat(16))])).toHaveLength(2);
    expect((await traces.spans(project, aTrace, 10)).map(({ spanId }) => spanId[0])).toEqual(['1', '3', '2']);
    expect(await traces.spans(project, aTrace, 1)).toHaveLength(1);
  });

  it('gives back a span as it was stored, and keeps the traces of projects apart', async () => {
    const { traces, project, other } = await start();
    const span = called('2'.repeat(16), {
      servedModel: 'gpt-5-mini-2025-08-07',
      finishReason: 'stop',
      input: [{ role: 'user', content: 'Hi', toolCalls: [] }],
      output: [{ role: 'assistant', content: '', toolCalls: [{ name: 'look', arguments: { at: 1 } }] }],
      attributes: { 'gen_ai.request.temperature': 0 },
      events: [{ name: 'retry', atUs: begin, attributes: {} }],
    });
    await traces.add(project, [span]);
    expect(await traces.span(project, span)).toEqual(span);
    expect(await traces.span(other, span)).toBeNull();
    expect(await traces.get(other, aTrace)).toBeNull();
    expect(await traces.list(other)).toEqual([]);
    await traces.add(other, [span]);
    expect(await traces.summary(other)).toEqual({ traces: 1, oldestUs: begin, models: ['openai/gpt-5-mini'] });
  });

  it('lists the newest first, in pages and by what they hold', async () => {
    const { traces, project } = await start();
    const ids = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32));
    const [a = '', b = '', c = '', d = ''] = ids;
    await traces.add(project, [called('1'.repeat(16), { traceId: a, durationMs: 9000 })]);
    await traces.add(project, [called('1'.repeat(16), { traceId: b, error: 'Überlastet', model: 'openai/gpt-5' })]);
    const messages = [{ role: 'user', content: '你好，世界', toolCalls: [] }];
    await traces.add(project, [called('1'.repeat(16), { traceId: c, input: messages, costUsd: 2 })]);
    await traces.add(project, [recorded({ traceId: d, attributes: { 'http.route': '/100%_sure' } })]);
    const list = async (filter: Parameters<typeof traces.list>[1]) =>
      (await traces.list(project, filter)).map(({ traceId }) => traceId[0]).join('');
    expect(await list({})).toBe('dcba');
    const [, second] = await traces.list(project, { limit: 2 });
    expect(await list({ before: second?.id })).toBe('ba');
    expect((await traces.summary(project)).models).toEqual(['openai/gpt-5', 'openai/gpt-5-mini']);
    expect(await list({ errors: true })).toBe('b');
    expect(await list({ minMs: 5000 })).toBe('a');
    expect(await list({ minCostUsd: 1 })).toBe('c');
    expect(await list({ model: 'openai/gpt-5' })).toBe('b');
    expect(await list({ search: '你好' })).toBe('c');
    expect(await list({ search: '100%_' })).toBe('d');
    expect(await list({ search: 'überl' })).toBe('b');
    expect(await list({ search: 'chat', minCostUsd: 0.1 })).toBe('cba');
  });

  it('keeps messages apart from their spans, once each and in the order they were said, and completes a span with them', async () => {
    const { traces, project, other } = await start();
    const { spanMessages } = opened().stores;
    const span = called('2'.repeat(16));
    const said = (atUs: number, content: string) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      event: { name: 'gen_ai.user.message', atUs, attributes: { content } },
    });
    await spanMessages.add(project, [said(2, 'second'), said(1, 'first'), said(2, 'second')]);
    await spanMessages.add(project, [said(1, 'first')]);
    expect(await spanMessages.of(project, [span])).toEqual([said(1, 'first'), said(2, 'second')]);
    expect(await spanMessages.of(other, [span])).toEqual([]);
    await traces.add(project, [span]);
    const output = [{ role: 'assistant', content: 'Hi', toolCalls: [] }];
    await traces.setMessages(project, { ...span, output, finishReason: 'length' });
    expect(await traces.span(project, span)).toEqual({ ...span, output, finishReason: 'length' });
    await traces.deleteBefore(begin / 1000 + 60_000, project);
    expect(await spanMessages.of(project, [span])).toEqual([]);
  });

  it('deletes what says that it is of years to come by when it came', async () => {
    const { traces, project } = await start();
    const { spanMessages } = opened().stores;
    const ahead = Date.UTC(2099, 0, 1) * 1000;
    const span = recorded({ startUs: ahead });
    await traces.add(project, [span]);
    const event = { name: 'gen_ai.user.message', atUs: ahead, attributes: {} };
    const log = { traceId: 'e'.repeat(32), spanId: 'f'.repeat(16), event };
    await spanMessages.add(project, [log]);
    expect(await traces.deleteBefore(Date.now() - 60_000, null)).toBe(0);
    expect(await spanMessages.of(project, [log])).toHaveLength(1);
    expect(await traces.deleteBefore(Date.now() + 60_000, null)).toBe(1);
    expect(await spanMessages.of(project, [log])).toEqual([]);
  });

  it('deletes what ended before an instant, of one project or of all', async () => {
    const { traces, project, other } = await start();
    for (const one of [project, other]) {
      const long = recorded({ traceId: another, durationMs: 60_000 });
      await traces.add(one, [recorded(), called('2'.repeat(16)), long]);
    }
    const soon = begin / 1000 + 30_000;
    expect(await traces.deleteBefore(begin / 1000, null)).toBe(0);
    expect(await traces.deleteBefore(soon, project)).toBe(1);
    expect((await traces.list(project)).map(({ traceId }) => traceId)).toEqual([another]);
    expect(await traces.spans(project, aTrace, 10)).toEqual([]);
    expect(await traces.list(other)).toHaveLength(2);
    expect(await traces.deleteBefore(soon + 60_000, null)).toBe(3);
  });
}
