import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attribute, bodyOf, type OtlpStage, openOtlpStage, secret, sentSpan } from '../fixtures/otlp.ts';

let stage: OtlpStage;
beforeAll(async () => {
  stage = await openOtlpStage();
});
afterAll(() => stage.close());

const answered = { 'gen_ai.completion.0.content': 'positive' };

describe('POST /v1/traces', () => {
  it('counts what is sent twice once, at once or later, packed or not', async () => {
    const before = (await stage.observations()).length;
    const body = bodyOf([sentSpan(answered), sentSpan(answered)]);
    const packed = gzipSync(JSON.stringify(body));
    const sendPacked = () =>
      fetch(`${stage.url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: packed,
      });
    const answers = await Promise.all([stage.post(body), stage.post(body), sendPacked()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await stage.post(body)).text).toBe('{}');
    expect(await stage.observations()).toHaveLength(before + 2);
    expect(await stage.stores.traces.get(stage.seeded.project.id, 'c'.repeat(32))).toMatchObject({
      spans: 2,
      modelCalls: 2,
    });
  });

  it('makes no observation of a call whose answer is not in it, that failed, or that this workbench answered itself', async () => {
    const before = (await stage.observations()).length;
    const failed = { status: { code: 2, message: `broken by ${secret}` } };
    const { unobservedCalls } = stage.stores;
    const counted = async () => {
      const [none] = (await unobservedCalls.byRelease(stage.seeded.project.id, '')).filter(
        (one) => one.releaseId === null,
      );
      return none ?? { answered: 0, failed: 0 };
    };
    const start = await counted();
    await stage.post(
      bodyOf([
        sentSpan(),
        sentSpan({ ...answered, 'error.type': '429' }, failed),
        sentSpan({ 'gen_ai.operation.name': 'execute_tool' }),
      ]),
    );
    await stage.post(bodyOf([sentSpan({ ...answered, 'gen_ai.request.model': 'reviews/classify@production' })]));
    expect(await stage.observations()).toHaveLength(before);
    // Each of them counts as answered or failed, but for what was counted when it was answered here.
    const { answered: of, failed: broken } = await counted();
    expect([of - start.answered, broken - start.failed]).toEqual([1, 1]);
    const [newest] = await unobservedCalls.newestFailed(stage.seeded.project.id, { since: '', limit: 1 });
    expect(newest).toMatchObject({
      failure: 'rate_limited',
      message: 'broken by [api-key]',
      spanId: expect.any(String),
    });
  });

  it('gives an observation the release of the version that its span or its program names', async () => {
    const named = { ...answered, 'whetstone.prompt': 'classify', 'whetstone.version': 1 };
    await stage.post(bodyOf([sentSpan(named)]));
    const [first] = await stage.observations(1);
    expect(first?.releaseId).toBeLessThan(stage.release);
    const body = bodyOf([sentSpan(answered)]);
    body.resourceSpans[0]?.resource.attributes.push(attribute('whetstone.release', stage.release));
    await stage.post(body);
    expect((await stage.observations(1))[0]?.releaseId).toBe(stage.release);
  });

  it('keeps what it can and says of the rest why not', async () => {
    const { status, text } = await stage.post({
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
    expect((await stage.observations(1))[0]).toMatchObject({ output: 'positive', releaseId: null });
    const none = await stage.post(bodyOf([sentSpan()], 'nowhere'));
    expect(none.status).toBe(400);
    expect(JSON.parse(none.text).message).toContain('There is no project "nowhere"');
    expect(await stage.post({})).toMatchObject({ status: 200, text: '{}' });
  });

  it('refuses other encodings with the setting that mends it, other hosts, pages elsewhere, and what is too large', async () => {
    const protobuf = await stage.post('\n', { 'content-type': 'application/x-protobuf' });
    expect(protobuf.status).toBe(415);
    expect(JSON.parse(protobuf.text).message).toContain('OTEL_EXPORTER_OTLP_PROTOCOL=http/json');
    expect((await stage.post('x', { 'content-type': 'application/octet-stream' })).status).toBe(415);
    expect(await stage.post({}, { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await stage.post({}, { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(JSON.parse((await stage.post('{')).text).message).toContain('The body is not JSON');
    const bomb = await fetch(`${stage.url}/v1/traces`, {
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
    await stage.post(bodyOf([span]));
    const stored = [
      await stage.stores.traces.span(stage.seeded.project.id, { traceId: 'd'.repeat(32), spanId: span.spanId }),
      (await stage.observations(1))[0],
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
          expect((await stage.post(body)).status).toBeLessThan(500);
          expect((await stage.post(body, {}, '/v1/logs')).status).toBeLessThan(500);
          const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [body] }] }] };
          expect((await stage.post(logs, {}, '/v1/logs')).status).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
    const deep = `${'['.repeat(100_000)}"${secret}"${']'.repeat(100_000)}`;
    expect((await stage.post(bodyOf([sentSpan({ 'gen_ai.completion.0.content': deep, note: deep })]))).status).toBe(
      200,
    );
    expect(stage.log.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});
