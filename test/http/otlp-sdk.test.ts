import { type Context, ROOT_CONTEXT, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, type OtlpStage, openOtlpStage, sentSpan } from '../fixtures/otlp.ts';
import { seedProject } from '../fixtures/seeded-project.ts';

let stage: OtlpStage;
beforeAll(async () => {
  stage = await openOtlpStage();
});
afterAll(() => stage.close());

/** Sends what `emit` begins and ends as the SDK does, in batches of 512. */
async function sendBySdk(
  emit: (begin: (name: string, options: SpanOptions, parent?: Context) => { span: Span; within: Context }) => void,
  { attributes = {}, headers = {} }: { attributes?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${stage.url}/v1/traces`, headers });
  const provider = new TracerProvider({
    resource: resourceFromAttributes(attributes),
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: 5000 })],
  });
  const begin = (name: string, options: SpanOptions, parent: Context = ROOT_CONTEXT) => {
    const span = provider.getTracer('test').startSpan(name, options, parent);
    return { span, within: trace.setSpan(parent, span) };
  };
  emit(begin);
  await provider.forceFlush();
  await provider.shutdown();
}

describe('traces of a real SDK', () => {
  it('add up: 1,000 spans with their tokens, costs and latencies', async () => {
    const start = Date.UTC(2026, 10, 1);
    const call = (index: number) => ({ ms: 100 + index, input: 1000 + index, cached: index, output: 10 });
    await sendBySdk(
      (begin) => {
        for (let index = 0; index < 250; index += 1) {
          const at = start + index * 60_000;
          const { ms, input, cached, output } = call(index);
          const root = begin('handle review', { startTime: at });
          const found = begin(
            'search',
            { startTime: at, attributes: { 'gen_ai.operation.name': 'retrieval' } },
            root.within,
          );
          found.span.end(at + 20);
          const failed = begin(
            'chat gpt-5-mini',
            {
              startTime: at + 20,
              attributes: {
                'gen_ai.operation.name': 'chat',
                'gen_ai.request.model': 'gpt-5-mini',
                'gen_ai.provider.name': 'openai',
              },
            },
            root.within,
          );
          failed.span.setStatus({ code: SpanStatusCode.ERROR, message: 'rate limited' });
          failed.span.end(at + 50);
          const chat = begin('chat gpt-5-mini', { startTime: at + 50 }, root.within);
          chat.span.setAttributes({
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'openai',
            'gen_ai.request.model': 'gpt-5-mini',
            'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
            'gen_ai.usage.input_tokens': input,
            'gen_ai.usage.cache_read.input_tokens': cached,
            'gen_ai.usage.output_tokens': output,
            'gen_ai.input.messages': JSON.stringify([
              { role: 'user', parts: [{ type: 'text', content: `Review ${index}` }] },
            ]),
            'gen_ai.output.messages': JSON.stringify([
              { role: 'assistant', parts: [{ type: 'text', content: 'positive' }] },
            ]),
            'whetstone.release': stage.release,
            'whetstone.variables': JSON.stringify({ review: `Review ${index}` }),
          });
          chat.span.end(at + 50 + ms);
          root.span.end(at + 60 + ms);
        }
      },
      { attributes: { 'service.name': 'reviews' } },
    );
    const sum = (of: (index: number) => number) =>
      Array.from({ length: 250 }, (_, index) => of(index)).reduce((a, b) => a + b);
    const traces = await stage.stores.traces.list(stage.seeded.project.id, { limit: 500 });
    expect(traces).toHaveLength(250);
    const total = (of: (one: (typeof traces)[number]) => number) => traces.map(of).reduce((a, b) => a + b);
    expect(total(({ spans }) => spans)).toBe(1000);
    expect([total(({ errors }) => errors), total(({ modelCalls }) => modelCalls)]).toEqual([250, 500]);
    expect(total(({ inputTokens }) => inputTokens)).toBe(sum((index) => call(index).input));
    expect(total(({ cachedInputTokens }) => cachedInputTokens)).toBe(sum((index) => call(index).cached));
    expect(total(({ outputTokens }) => outputTokens)).toBe(2500);
    // gpt-5-mini: $0.25 a million tokens in, $0.025 of them cached, $2 out.
    const costOf = (index: number) => (1000 * 0.25 + index * 0.025 + 10 * 2) / 1_000_000;
    expect(total(({ costUsd }) => costUsd ?? Number.NaN)).toBeCloseTo(sum(costOf), 10);
    expect(total(({ durationMs }) => durationMs)).toBeCloseTo(
      sum((index) => call(index).ms + 60),
      3,
    );
    const observed = await stage.observations();
    expect(observed).toHaveLength(250);
    const ordered = observed.toSorted((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0));
    for (const [index, { id: _id, traceId, spanId, costUsd, ...one }] of ordered.entries()) {
      expect(one).toEqual({
        projectId: stage.seeded.project.id,
        releaseId: stage.release,
        input: { review: `Review ${index}` },
        output: 'positive',
        latencyMs: call(index).ms,
        inputTokens: call(index).input,
        outputTokens: 10,
        model: 'openai/gpt-5-mini',
        feedback: null,
        feedbackNote: '',
        caseId: null,
        createdAt: new Date(start + index * 60_000 + 50 + call(index).ms).toISOString(),
      });
      expect(costUsd).toBeCloseTo(costOf(index), 12);
      expect(
        await stage.stores.traces.span(stage.seeded.project.id, { traceId: traceId ?? '', spanId: spanId ?? '' }),
      ).toMatchObject({
        name: 'chat gpt-5-mini',
        output: [{ content: 'positive' }],
      });
    }
  }, 30_000);

  it('find their project by a header or an attribute, and say nothing where all is well', async () => {
    const other = await seedProject(stage.workbench, { name: 'Other app', size: 4 });
    const emit = (begin: Parameters<Parameters<typeof sendBySdk>[0]>[0]) => begin('work', {}).span.end();
    await sendBySdk(emit, { attributes: { 'service.name': 'unknown', 'whetstone.project': 'other-app' } });
    await sendBySdk(emit, {
      attributes: { 'service.name': 'reviews' },
      headers: { 'x-whetstone-project': 'Other app' },
    });
    expect(await stage.stores.traces.list(other.project.id)).toHaveLength(2);
    expect(await stage.post(bodyOf([sentSpan()], 'Other app'))).toMatchObject({ status: 200, text: '{}' });
  });
});
