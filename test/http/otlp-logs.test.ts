import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attribute, bodyOf, type OtlpStage, openOtlpStage, secret, sentSpan } from '../fixtures/otlp.ts';

let stage: OtlpStage;
beforeAll(async () => {
  stage = await openOtlpStage();
});
afterAll(() => stage.close());

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
    const { status, text } = await stage.post(body, {}, '/v1/logs');
    return [status, text];
  };
  const call = (trace: string) =>
    sentSpan({ 'gen_ai.provider.name': 'openai', 'whetstone.release': stage.release }, { traceId: trace });
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
    const count = (await stage.observations()).length;
    if (when !== 'after') expect(await postLogs(first)).toEqual([200, '{}']);
    if (when === 'before') await postLogs(second);
    expect((await stage.post(bodyOf([span]))).text).toBe('{}');
    for (const body of [first, second, second]) expect(await postLogs(body)).toEqual([200, '{}']);
    expect(await stage.observations()).toHaveLength(count + 1);
    // Until its answer was there it counted as answered with what is not recorded.
    expect(await stage.stores.unobservedCalls.byRelease(stage.seeded.project.id, '')).toMatchObject([
      { releaseId: stage.release, answered: count + 1, failed: 0 },
    ]);
    expect((await stage.observations(1))[0]).toMatchObject({
      input: { messages: [{ role: 'user', content: 'A good dinner' }] },
      output: 'positive',
      releaseId: stage.release,
      latencyMs: 750,
      spanId: span.spanId,
    });
    expect(await stage.stores.traces.span(stage.seeded.project.id, span)).toMatchObject({
      finishReason: 'stop',
      input: [{ role: 'user' }],
      output: [{ content: 'positive' }],
    });
  });

  it('redact them, leave other logs out, and say what is wrong', async () => {
    const span = call('dc'.repeat(16));
    await postLogs(logsOf(said('gen_ai.choice', span, { content: `It is ${secret}` }, 1)));
    const kept = await stage.stores.spanMessages.of(stage.seeded.project.id, [span]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(secret.slice(8));
    expect(await postLogs({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: {} }] }] }] })).toEqual([200, '{}']);
    expect((await postLogs([1]))[0]).toBe(400);
    const nowhere = logsOf(said('gen_ai.choice', span, choice, 1));
    nowhere.resourceLogs[0]?.resource.attributes.splice(0, 1, attribute('service.name', 'nowhere'));
    expect(await postLogs(nowhere)).toEqual([400, expect.stringContaining('There is no project \\"nowhere\\"')]);
    expect(await stage.stores.traces.deleteBefore(Date.UTC(2099, 0), null)).toBeGreaterThan(0);
    expect(await stage.stores.spanMessages.of(stage.seeded.project.id, [span])).toEqual([]);
  });
});
