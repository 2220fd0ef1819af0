import fc from 'fast-check';
import { expect, it } from 'vitest';
import { modelCallOf, outputOf } from '../../server/domain/trace/model-call.ts';
import { releaseReferenceOf, variablesOf } from '../../server/domain/trace/release-reference.ts';
import { spanError, spanTypeOf } from '../../server/domain/trace/span.ts';
import { readOtlpTraces } from '../../server/formats/otlp.ts';

const attribute = (key: string, value: object) => ({ key, value });
const span = {
  traceId: '5B8EFFF798038103D269B633813FC60C',
  spanId: 'EEE19B7EC3C1B174',
  parentSpanId: 'EEE19B7EC3C1B173',
  name: "I'm a server span",
  startTimeUnixNano: 1544712660000000000,
  endTimeUnixNano: '1544712661000500000',
  kind: 2,
  attributes: [attribute('my.span.attr', { stringValue: 'some value' })],
};
const body = (...spans: unknown[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', { stringValue: 'my.service' })] },
      scopeSpans: [{ scope: { name: 'my.library' }, spans }],
    },
  ],
});
const read = (...spans: unknown[]) => {
  const [sent] = readOtlpTraces(body(...spans)) ?? [];
  if (sent === undefined) throw new Error('one resource was sent');
  return sent;
};

it('reads the example of the specification', () => {
  expect(read(span)).toEqual({
    resource: { 'service.name': 'my.service' },
    spans: [
      {
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        parentSpanId: 'eee19b7ec3c1b173',
        name: "I'm a server span",
        kind: 'server',
        startUs: 1544712660000000,
        durationMs: 1000.5,
        status: 'unset',
        statusMessage: '',
        attributes: { 'my.span.attr': 'some value' },
        events: [],
      },
    ],
    unreadable: [],
  });
});

it('reads values of every type', () => {
  const attributes = [
    attribute('int', { intValue: '42' }),
    attribute('double', { doubleValue: 0.5 }),
    attribute('nan', { doubleValue: 'NaN' }),
    attribute('bool', { boolValue: false }),
    attribute('list', { arrayValue: { values: [{ stringValue: 'a' }, { intValue: 1 }] } }),
    attribute('map', { kvlistValue: { values: [attribute('b', { stringValue: 'c' })] } }),
    attribute('bytes', { bytesValue: 'aGk=' }),
    attribute('empty', {}),
    attribute('__proto__', { stringValue: 'x' }),
  ];
  expect(Object.entries(read({ ...span, attributes }).spans[0]?.attributes ?? {})).toEqual([
    ['int', 42],
    ['double', 0.5],
    ['nan', null],
    ['bool', false],
    ['list', ['a', 1]],
    ['map', { b: 'c' }],
    ['bytes', '[bytes]'],
    ['empty', null],
    ['__proto__', 'x'],
  ]);
});

it('keeps what can be read, says of the rest why not, and takes nothing else for a request', () => {
  const bad = [
    { ...span, traceId: 'abc' },
    { ...span, spanId: '0000000000000000' },
    { ...span, startTimeUnixNano: 'yesterday' },
    { ...span, startTimeUnixNano: 0.5 },
    { ...span, startTimeUnixNano: '15447126600000000000' },
    { ...span, endTimeUnixNano: '15447126600000000000' },
    'no span',
  ];
  const { spans, unreadable } = read(...bad, span);
  expect(spans).toHaveLength(1);
  expect(unreadable).toEqual([
    'span without a valid traceId',
    'span without a valid spanId',
    'span without a valid startTimeUnixNano',
    'span without a valid startTimeUnixNano',
    'span without a valid startTimeUnixNano',
    'span without a valid endTimeUnixNano',
    'span without a valid form',
  ]);
  expect(read({ ...span, endTimeUnixNano: '1' }).spans[0]?.durationMs).toBe(0);
  expect(readOtlpTraces({})).toEqual([]);
  expect(readOtlpTraces([1])).toBeNull();
  expect(readOtlpTraces({ resourceSpans: 'x' })).toBeNull();
});

it('takes 10,000 spans of a request', () => {
  const { spans, unreadable } = read(...Array.from({ length: 10_003 }, () => span));
  expect([spans.length, unreadable.length]).toEqual([10_000, 3]);
});

it('is stopped by no depth and no JSON, nor is what reads a call from it', () => {
  let deep: object = { stringValue: 'x' };
  for (let depth = 0; depth < 20_000; depth += 1) deep = { arrayValue: { values: [deep] } };
  expect(read({ ...span, attributes: [attribute('deep', deep)] }).spans).toHaveLength(1);
  const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  for (const text of [nested, `{"content":${nested}}`, `[{"tool_calls":[{"name":"a","arguments":${nested}}]}]`]) {
    const attributes = [attribute('gen_ai.output.messages', { stringValue: text })];
    const [one] = read({ ...span, attributes }).spans;
    if (one !== undefined) expect(JSON.stringify(modelCallOf(one))).toContain('[[[');
  }
  const names = fc.constantFrom(
    ...[
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'gen_ai.prompt',
      'gen_ai.prompt.0',
      'gen_ai.prompt.0.content',
    ],
    ...['gen_ai.prompt.0.content.parts', 'gen_ai.completion.__proto__.x', 'gen_ai.completion.0.tool_calls.0.name'],
    ...['llm.input_messages.0.message', 'gen_ai.usage.input_tokens', 'gen_ai.response.finish_reasons', 'error.type'],
    ...['ai.response.toolCalls', 'gen_ai.operation.name', 'whetstone.release', 'whetstone.variables', 'gen_ai.system'],
    ...['gen_ai.system_instructions', 'gen_ai.request.model'],
  );
  const json = fc.json().map((text) => ({ stringValue: text }));
  const value = fc.oneof(json, fc.jsonValue(), fc.record({ arrayValue: fc.record({ values: fc.array(json) }) }));
  const pairs = fc.array(fc.record({ key: names, value }));
  const events = fc.array(
    fc.record({ name: fc.constantFrom('gen_ai.choice', 'gen_ai.user.message'), attributes: pairs }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), pairs, events, (anything, attributes, happened) => {
      readOtlpTraces(anything);
      readOtlpTraces({ resourceSpans: [anything] });
      readOtlpTraces({ resourceSpans: [{ scopeSpans: [{ spans: [anything] }] }] });
      for (const one of read({ ...span, attributes, events: happened }).spans) {
        const call = modelCallOf(one);
        expect([...call.input, ...call.output].every(({ content }) => typeof content === 'string')).toBe(true);
        outputOf(call);
        spanTypeOf(one);
        spanError(one);
        releaseReferenceOf(one.attributes, {});
        variablesOf(one.attributes);
      }
    }),
  );
});
