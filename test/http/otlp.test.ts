import { gzipSync } from 'node:zlib';
import { type Context, ROOT_CONTEXT, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw, serveForTest, type TestServer } from '../fixtures/http.ts';
import { releasePrompts } from '../fixtures/released-prompts.ts';
import { readMood, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let release: number;

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  seeded = await releasePrompts(test.workbench);
  const [newest] = await test.workbench.stores.releases.list(seeded.project.id);
  release = newest?.id ?? 0;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const stores = () => test.workbench.stores;
const observations = (limit = 500) => stores().observations.list(seeded.project.id, { limit });

/** Sends what `emit` begins and ends as the SDK does, in batches of 512. */
async function sendBySdk(
  emit: (begin: (name: string, options: SpanOptions, parent?: Context) => { span: Span; within: Context }) => void,
  { attributes = {}, headers = {} }: { attributes?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${server.url}/v1/traces`, headers });
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

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
});
const numbers = (function* () {
  for (let number = 1; ; number += 1) yield number;
})();
const sentSpan = (attributes: Record<string, string | number> = {}, more: object = {}) => ({
  traceId: 'c'.repeat(32),
  spanId: numbers.next().value.toString(16).padStart(16, 'e'),
  name: 'chat gpt-5-mini',
  startTimeUnixNano: '1780000000000000000',
  endTimeUnixNano: '1780000000750000000',
  attributes: Object.entries({ 'gen_ai.request.model': 'gpt-5-mini', ...attributes }).map(([key, value]) =>
    attribute(key, value),
  ),
  ...more,
});
// In parts: no file holds what looks like a key.
const secret = ['sk', 'proj', 'abcdefghijklmnopqrstuvwxyz0123456789ABCD'].join('-');
const answered = { 'gen_ai.completion.0.content': 'positive' };
const bodyOf = (spans: unknown[], service = 'reviews') => ({
  resourceSpans: [{ resource: { attributes: [attribute('service.name', service)] }, scopeSpans: [{ spans }] }],
});
const post = (body: unknown, headers: Record<string, string> = {}, address = '/v1/traces') =>
  sendRaw(`${server.url}${address}`, {
    method: 'POST',
    headers: { host: new URL(server.url).host, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

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
            'whetstone.release': release,
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
    const traces = await stores().traces.list(seeded.project.id, { limit: 500 });
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
    const observed = await observations();
    expect(observed).toHaveLength(250);
    const ordered = observed.toSorted((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0));
    for (const [index, { id: _id, traceId, spanId, costUsd, ...one }] of ordered.entries()) {
      expect(one).toEqual({
        projectId: seeded.project.id,
        releaseId: release,
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
        await stores().traces.span(seeded.project.id, { traceId: traceId ?? '', spanId: spanId ?? '' }),
      ).toMatchObject({
        name: 'chat gpt-5-mini',
        output: [{ content: 'positive' }],
      });
    }
  }, 30_000);

  it('find their project by a header or an attribute, and say nothing where all is well', async () => {
    const other = await seedProject(test.workbench, { name: 'Other app', size: 4 });
    const emit = (begin: Parameters<Parameters<typeof sendBySdk>[0]>[0]) => begin('work', {}).span.end();
    await sendBySdk(emit, { attributes: { 'service.name': 'unknown', 'whetstone.project': 'other-app' } });
    await sendBySdk(emit, {
      attributes: { 'service.name': 'reviews' },
      headers: { 'x-whetstone-project': 'Other app' },
    });
    expect(await stores().traces.list(other.project.id)).toHaveLength(2);
    expect(await post(bodyOf([sentSpan()], 'Other app'))).toMatchObject({ status: 200, text: '{}' });
  });
});

describe('POST /v1/logs', () => {
  const said = (name: string, span: { traceId: string; spanId: string }, body: Record<string, string>, at: number) => ({
    timeUnixNano: `178000000000000000${at}`,
    eventName: name,
    traceId: span.traceId,
    spanId: span.spanId,
    attributes: [attribute('gen_ai.system', 'openai')],
    body: { kvlistValue: { values: Object.entries(body).map(([key, value]) => attribute(key, value)) } },
  });
  const logsOf = (...logRecords: unknown[]) => {
    const resource = { attributes: [attribute('service.name', 'reviews')] };
    return { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] };
  };
  const postLogs = async (body: unknown) => {
    const { status, text } = await post(body, {}, '/v1/logs');
    return [status, text];
  };
  const call = (trace: string) =>
    sentSpan({ 'gen_ai.provider.name': 'openai', 'whetstone.release': release }, { traceId: trace });
  const question = { content: 'A good dinner' };
  const choice = { index: '0', finish_reason: 'stop', message: '{"role":"assistant","content":"positive"}' };

  it.each([
    ['after', 'aa'],
    ['before', 'bb'],
    ['half before and half after', 'cd'],
  ])('take the messages of a call that come %s its span, once', async (when, letters) => {
    const span = call(letters.repeat(16));
    const first = logsOf(said('gen_ai.user.message', span, question, 1));
    const second = logsOf(said('gen_ai.choice', span, choice, 2), { body: { stringValue: 'an ordinary log' } });
    const count = (await observations()).length;
    if (when !== 'after') expect(await postLogs(first)).toEqual([200, '{}']);
    if (when === 'before') await postLogs(second);
    expect((await post(bodyOf([span]))).text).toBe('{}');
    for (const body of [first, second, second]) expect(await postLogs(body)).toEqual([200, '{}']);
    expect(await observations()).toHaveLength(count + 1);
    expect((await observations(1))[0]).toMatchObject({
      input: { messages: [{ role: 'user', content: 'A good dinner' }] },
      ...{ output: 'positive', releaseId: release, latencyMs: 750, spanId: span.spanId },
    });
    expect(await stores().traces.span(seeded.project.id, span)).toMatchObject({
      ...{ finishReason: 'stop', input: [{ role: 'user' }], output: [{ content: 'positive' }] },
    });
  });

  it('redact them, leave other logs out, and say what is wrong', async () => {
    const span = call('dc'.repeat(16));
    await postLogs(logsOf(said('gen_ai.choice', span, { content: `It is ${secret}` }, 1)));
    const kept = await stores().spanMessages.of(seeded.project.id, [span]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(secret.slice(8));
    expect(await postLogs({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: {} }] }] }] })).toEqual([200, '{}']);
    expect((await postLogs([1]))[0]).toBe(400);
    const nowhere = logsOf(said('gen_ai.choice', span, choice, 1));
    nowhere.resourceLogs[0]?.resource.attributes.splice(0, 1, attribute('service.name', 'nowhere'));
    expect(await postLogs(nowhere)).toEqual([400, expect.stringContaining('There is no project \\"nowhere\\"')]);
    expect(await stores().traces.deleteBefore(Date.UTC(2099, 0), null)).toBeGreaterThan(0);
    expect(await stores().spanMessages.of(seeded.project.id, [span])).toEqual([]);
  });
});

describe('POST /v1/traces', () => {
  it('counts what is sent twice once, at once or later, packed or not', async () => {
    const before = (await observations()).length;
    const body = bodyOf([sentSpan(answered), sentSpan(answered)]);
    const packed = gzipSync(JSON.stringify(body));
    const sendPacked = () =>
      fetch(`${server.url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: packed,
      });
    const answers = await Promise.all([post(body), post(body), sendPacked()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await post(body)).text).toBe('{}');
    expect(await observations()).toHaveLength(before + 2);
    expect(await stores().traces.get(seeded.project.id, 'c'.repeat(32))).toMatchObject({ spans: 2, modelCalls: 2 });
  });

  it('makes no observation of a call whose answer is not in it, that failed, or that this workbench answered itself', async () => {
    const before = (await observations()).length;
    const failed = { status: { code: 2, message: 'broken' } };
    await post(bodyOf([sentSpan(), sentSpan(answered, failed), sentSpan({ 'gen_ai.operation.name': 'execute_tool' })]));
    await post(bodyOf([sentSpan({ ...answered, 'gen_ai.request.model': 'reviews/classify@production' })]));
    expect(await observations()).toHaveLength(before);
  });

  it('gives an observation the release of the version that its span or its program names', async () => {
    const named = { ...answered, 'whetstone.prompt': 'classify', 'whetstone.version': 1 };
    await post(bodyOf([sentSpan(named)]));
    const [first] = await observations(1);
    expect(first?.releaseId).toBeLessThan(release);
    const body = bodyOf([sentSpan(answered)]);
    body.resourceSpans[0]?.resource.attributes.push(attribute('whetstone.release', release));
    await post(body);
    expect((await observations(1))[0]?.releaseId).toBe(release);
  });

  it('keeps what it can and says of the rest why not', async () => {
    const { status, text } = await post({
      resourceSpans: [
        ...bodyOf([sentSpan({ ...answered, 'whetstone.release': 999 }), { ...sentSpan(), traceId: 'x' }]).resourceSpans,
        ...bodyOf([sentSpan(), sentSpan()], 'nowhere').resourceSpans,
      ],
    });
    expect(status).toBe(200);
    const { partialSuccess } = JSON.parse(text);
    expect(partialSuccess.rejectedSpans).toBe('3');
    expect(partialSuccess.errorMessage).toContain('There is no release 999. Its calls are kept without a release.');
    expect(partialSuccess.errorMessage).toContain('There is no project "nowhere". Name one by OTEL_SERVICE_NAME');
    expect((await observations(1))[0]).toMatchObject({ output: 'positive', releaseId: null });
    const none = await post(bodyOf([sentSpan()], 'nowhere'));
    expect(none.status).toBe(400);
    expect(JSON.parse(none.text).message).toContain('There is no project "nowhere"');
    expect(await post({})).toMatchObject({ status: 200, text: '{}' });
  });

  it('refuses other encodings with the setting that mends it, other hosts, pages elsewhere, and what is too large', async () => {
    const protobuf = await post('\n', { 'content-type': 'application/x-protobuf' });
    expect(protobuf.status).toBe(415);
    expect(JSON.parse(protobuf.text).message).toContain('OTEL_EXPORTER_OTLP_PROTOCOL=http/json');
    expect((await post('x', { 'content-type': 'application/octet-stream' })).status).toBe(415);
    expect(await post({}, { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await post({}, { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(JSON.parse((await post('{')).text).message).toContain('The body is not JSON');
    const bomb = await fetch(`${server.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(' '.repeat(30 * 1024 ** 2)),
    });
    expect([bomb.status, (await bomb.json()).message]).toEqual([413, expect.stringContaining('20 MB')]);
  });

  it('takes out what the redaction rules cover, wherever in a span it stands', async () => {
    const span = sentSpan(
      {
        'gen_ai.prompt.0.content': `My key is ${secret}`,
        'gen_ai.completion.0.content': secret,
        url: `https://a.example/?k=${secret}`,
        'gen_ai.request.model': `gpt ${secret}`,
        'gen_ai.response.model': secret,
        'gen_ai.prompt.0.role': secret,
        'gen_ai.completion.0.tool_calls.0.name': secret,
      },
      {
        name: `chat ${secret}`,
        traceId: 'd'.repeat(32),
        status: { code: 0, message: secret },
        events: [{ name: 'log', timeUnixNano: 1, attributes: [attribute('line', secret)] }],
      },
    );
    await post(bodyOf([span]));
    const stored = [
      await stores().traces.span(seeded.project.id, { traceId: 'd'.repeat(32), spanId: span.spanId }),
      (await observations(1))[0],
    ];
    expect(stored.every((one) => one !== null && one !== undefined)).toBe(true);
    expect(JSON.stringify(stored)).not.toContain(secret.slice(8));
  });

  it('answers any JSON without failing', async () => {
    const attributes = fc.array(
      fc.record({
        key: fc.constantFrom('gen_ai.request.model', 'gen_ai.prompt.0.content', 'url'),
        value: fc.jsonValue(),
      }),
    );
    const spans = fc.array(
      fc.oneof(
        fc.jsonValue(),
        attributes.map((given) => sentSpan({}, { attributes: given })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          spans.map((given) => bodyOf(given)),
        ),
        async (body) => {
          expect((await post(body)).status).toBeLessThan(500);
          expect((await post(body, {}, '/v1/logs')).status).toBeLessThan(500);
          const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [body] }] }] };
          expect((await post(logs, {}, '/v1/logs')).status).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
    const deep = `${'['.repeat(100_000)}"${secret}"${']'.repeat(100_000)}`;
    expect((await post(bodyOf([sentSpan({ 'gen_ai.completion.0.content': deep, note: deep })]))).status).toBe(200);
    expect(server.log.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});
