import { describe, expect, test } from 'vitest';
import type { CompletionRequest } from '../../server/domain/completion.ts';
import { describeProvider } from '../contracts/provider-contract.ts';
import { type CompatibleServerOptions, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { compatibleServers } from '../fixtures/compatible-servers.ts';
import { ask, failureOf, key, live, providerAt, requestOf, stream } from './call.ts';
import { events, reply, startScriptedServer } from './scripted-server.ts';

const started = compatibleServers();
async function start(options: CompatibleServerOptions = {}) {
  const server = await started(options);
  return { server, provider: providerAt(server.baseUrl) };
}

describeProvider('openai', async () => {
  let delay = 0;
  const server = await startCompatibleServer({ models: ['test-model'], delayMs: () => delay });
  return {
    provider: providerAt(server.baseUrl),
    model: 'test-model',
    stall: () => {
      delay = 60_000;
    },
    close: () => server.close(),
  };
});

describe('what is sent', () => {
  test('parameters, messages and the key; no stream unless pieces are wanted', async () => {
    const { server, provider } = await start();
    const messages: CompletionRequest['messages'] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ];
    const parameters = { temperature: 0, topP: 0.9, maxTokens: 5, seed: 7, stop: ['\n'] };
    await ask(provider, { messages, parameters });
    expect(server.requests[0]).toMatchObject({ authorization: `Bearer ${key}` });
    expect(server.requests[0]?.body).toEqual({
      model: 'test-model',
      messages,
      temperature: 0,
      top_p: 0.9,
      max_tokens: 5,
      seed: 7,
      stop: ['\n'],
    });
    await stream(provider);
    expect(server.requests[1]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  test('a last message of the assistant as it is: the beginning that the model continues', async () => {
    const { server, provider } = await start();
    const messages: CompletionRequest['messages'] = [
      { role: 'user', content: 'Review: Lovely.' },
      { role: 'assistant', content: 'Sentiment: ' },
    ];
    await ask(provider, { messages, responseFormat: { type: 'labels', labels: ['positive', 'negative'] } });
    expect(server.requests[0]?.body).toEqual({ model: 'test-model', messages });
  });

  test('nothing for what is not asked: no parameters, no format for labels, no key where there is none', async () => {
    const { server } = await start();
    const provider = providerAt(server.baseUrl, { key: null });
    await ask(provider, { parameters: { stop: [] }, responseFormat: { type: 'labels', labels: ['a', 'b'] } });
    expect(Object.keys(server.requests[0]?.body ?? {})).toEqual(['model', 'messages']);
    expect(server.requests[0]?.authorization).toBeUndefined();
  });

  test.each([
    [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }, true],
    [{ type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }, false],
    [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, false],
    [{ type: 'object' }, false],
    [
      {
        type: 'object',
        properties: { a: { type: 'array', items: { type: 'object', properties: { b: { type: 'number' } } } } },
        required: ['a'],
        additionalProperties: false,
      },
      false,
    ],
  ])('a schema is enforced strictly where it can be: %j', async (schema, strict) => {
    const { server, provider } = await start();
    await ask(provider, { responseFormat: { type: 'json', schema } });
    const response_format = { type: 'json_schema', json_schema: { name: 'answer', schema, strict } };
    expect(server.requests[0]?.body).toMatchObject({ response_format });
  });
});

describe('what comes back', () => {
  test('output, reported tokens with the cached ones, the finish reason and the model served', async () => {
    const answer = () => ({
      content: 'positive',
      finishReason: 'length',
      usage: { promptTokens: 100, completionTokens: 3, cachedTokens: 64 },
      model: 'test-model-2026-01-01',
    });
    const { provider } = await start({ answer });
    const expected = {
      output: 'positive',
      finishReason: 'length',
      usage: { inputTokens: 100, outputTokens: 3, cachedInputTokens: 64 },
      servedModel: 'test-model-2026-01-01',
      confidence: null,
      notes: [],
    };
    expect(await ask(provider)).toEqual(expected);
    expect(await stream(provider)).toEqual({ ...expected, pieces: ['posi', 'tive'] });
  });

  test.each([
    ['stop', 'stop'],
    ['content_filter', 'content_filter'],
    ['function_call', 'tool_calls'],
    ['tool_calls', 'tool_calls'],
    ['eos', 'other'],
    ['constructor', 'other'],
    [null, 'other'],
  ])('finish reason %s is %s', async (given, expected) => {
    const choices = [{ message: { content: 'x' }, finish_reason: given }];
    const { baseUrl } = await startScriptedServer(() => ({ body: { choices } }));
    expect(await ask(providerAt(baseUrl))).toMatchObject({ finishReason: expected, servedModel: null });
  });

  test('tokens are estimated, and said to be, where none are reported', async () => {
    const { baseUrl } = await startScriptedServer(({ body }) =>
      body.stream === true
        ? events({ choices: [{ delta: { content: 'one two three' }, finish_reason: 'stop' }] })
        : { body: reply('one two three', { usage: undefined }) },
    );
    const usage = { inputTokens: 7, outputTokens: 4, cachedInputTokens: 0 };
    const notes = [expect.stringContaining('estimated')];
    expect(await ask(providerAt(baseUrl))).toMatchObject({ usage, notes });
    expect(await stream(providerAt(baseUrl))).toMatchObject({ usage, notes });
  });

  test('a refusal is the answer, and reasoning that used up the limit is explained', async () => {
    const bodies = [
      reply(null, { choices: [{ message: { content: null, refusal: 'I can’t do that.' }, finish_reason: 'stop' }] }),
      reply('', { choices: [{ message: { content: '' }, finish_reason: 'length' }] }),
    ];
    const { baseUrl } = await startScriptedServer((_, index) => ({ body: bodies[index] }));
    const provider = providerAt(baseUrl);
    expect(await ask(provider)).toMatchObject({ output: 'I can’t do that.', notes: [] });
    expect(await ask(provider)).toMatchObject({ output: '', notes: [expect.stringContaining('Raise it')] });
  });

  test('a key that a model repeats is masked, whole or in pieces; the rest of its text is its own', async () => {
    const content = `The key is ${key}, not sk-other12345678.`;
    const { provider } = await start({ answer: () => content });
    const output = 'The key is ••••, not sk-other12345678.';
    expect((await ask(provider)).output).toBe(output);
    const streamed = await stream(provider);
    expect(streamed.output).toBe(output);
    expect(streamed.pieces.join('')).toBe(output);
  });
});

describe('settings that a model refuses', () => {
  const parameters = { temperature: 0, topP: 0.5, maxTokens: 5, seed: 1, stop: ['x'] };

  test('are left out or renamed with a note, and remembered for that model alone', async () => {
    const { server, provider } = await start({
      rejectParameters: ['max_tokens', 'top_p', 'stop'],
      fixedParameters: { temperature: 1 },
    });
    const { notes } = await ask(provider, { parameters });
    expect(notes.map((note) => note.split(' was ')[0])).toEqual(['temperature', 'top_p', 'max_tokens', 'stop']);
    expect(notes[2]).toContain('max_completion_tokens');
    expect(server.count).toBe(5);
    expect(server.requests[4]?.body).toMatchObject({ max_completion_tokens: 5, seed: 1 });

    expect((await ask(provider, { parameters })).notes).toEqual(notes);
    expect(server.count).toBe(6);
    expect((await stream(provider, { parameters: { temperature: 0 } })).notes).toEqual([notes[0]]);
    expect((await ask(provider)).notes).toEqual([]);
    expect(server.count).toBe(8);

    await ask(provider, { model: 'another', parameters: { temperature: 0 } });
    expect(server.count).toBe(10);
  });

  test('one after the other until none is left', async () => {
    const { provider } = await start({
      rejectParameters: ['temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'seed', 'stop'],
    });
    const { notes } = await ask(provider, { parameters });
    expect(notes).toHaveLength(5);
    expect(notes).toContain('max_tokens was left out: this model refuses it.');
  });

  test('when many calls learn at once', async () => {
    const { server, provider } = await start({ rejectParameters: ['temperature'], delayMs: 5 });
    await Promise.all(Array.from({ length: 20 }, () => ask(provider, { parameters: { temperature: 0 } })));
    expect(server.count).toBe(40);
    await ask(provider, { parameters: { temperature: 0 } });
    expect(server.count).toBe(41);
  });

  const json = { type: 'json', schema: { type: 'object' } } as const;
  test.each([
    [
      'response_format',
      {
        error: {
          message: "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
          param: 'response_format',
          code: null,
        },
      },
    ],
    [
      'response_format',
      { error: { message: 'This response_format type is unavailable now', code: 'invalid_request_error' } },
    ],
    [
      'response_format',
      {
        error: {
          message: "Unknown parameter: 'response_format.json_schema'.",
          param: 'response_format.json_schema',
          code: 'unknown_parameter',
        },
      },
    ],
    ['seed', { error: { message: 'Unrecognized request argument supplied: seed', param: null, code: null } }],
    ['seed', { error: { message: "property 'seed' is unsupported" } }],
    ['seed', { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] }],
    ['temperature', { error: '`temperature` is deprecated for this model.' }],
    ['stream_options', { error: { message: 'Unexpected field stream_options' } }],
  ])('%s, in the words of %j', async (setting, body) => {
    const { received, baseUrl } = await startScriptedServer((call) => {
      if (call.body[setting] !== undefined) return { status: 'detail' in body ? 422 : 400, body };
      return events({ choices: [{ delta: { content: 'x' }, finish_reason: 'stop' }] });
    });
    const completion = await stream(providerAt(baseUrl), { parameters, responseFormat: json });
    expect(received).toHaveLength(2);
    expect(received[1]?.body).not.toHaveProperty(setting);
    const note = completion.notes.find((text) => text.startsWith(setting));
    expect(note === undefined).toBe(setting === 'stream_options');
  });

  test.each([
    "Invalid schema for response_format 'answer': 'additionalProperties' is not supported here.",
    'The service is not available. Please stop and plant no seed.',
    'temperature must be at most 2',
  ])('but not what is merely wrong: %s', async (message) => {
    const { received, baseUrl } = await startScriptedServer(() => ({ status: 400, body: { error: { message } } }));
    const call = ask(providerAt(baseUrl), { parameters, responseFormat: json });
    expect(await failureOf(call)).toMatchObject({ failure: { code: 'refused_request' }, retryable: false });
    expect(received).toHaveLength(1);
  });
});

describe('models', () => {
  test('are listed in order, without those that the name says are for something else', async () => {
    const models = [
      'gpt-5',
      'text-embedding-3-small',
      'a/b-chat',
      'whisper-1',
      'gpt-image-1',
      'gpt-4o-realtime-preview',
    ];
    const { provider } = await start({ models });
    expect(await provider.models(live())).toEqual(['a/b-chat', 'gpt-5']);
  });

  test('that make embeddings are listed apart, by what their names say', async () => {
    const embedders = ['BAAI/bge-m3', 'all-minilm:l6-v2', 'intfloat/multilingual-e5-large', 'nomic-embed-text'];
    const { provider } = await start({ models: ['gpt-5', 'bge-reranker-v2', ...embedders] });
    expect(await provider.embeddingModels(live())).toEqual(embedders);
    expect(await provider.models(live())).toEqual(['gpt-5']);
  });

  test('an empty list may be null; a page that is no list is an error', async () => {
    const bodies: unknown[] = [{ object: 'list', data: null }, '<html>My app</html>', { ok: true }];
    const { baseUrl } = await startScriptedServer((_, index) => ({ body: bodies[index] }));
    const provider = providerAt(baseUrl);
    expect(await provider.models(live())).toEqual([]);
    for (const _ of ['html', 'json'])
      expect(await failureOf(provider.models(live()))).toMatchObject({ failure: { code: 'unreadable_reply' } });
  });
});

describe('embeddings', () => {
  test('have length 1 and stand in the order of the texts', async () => {
    const { provider } = await start({ embed: (text) => (text === 'a' ? [3, 4] : [0, 2]) });
    expect(await provider.embed('embedder', ['a', 'b'], { signal: live() })).toEqual({
      vectors: [
        [0.6, 0.8],
        [0, 1],
      ],
      inputTokens: 4,
    });
  });

  test('that are missing or no numbers are an error', async () => {
    const bodies: unknown[] = [
      { data: [{ index: 0, embedding: [1] }] },
      { data: [{ index: 0, embedding: 'AAAA' }] },
      {},
    ];
    const { baseUrl } = await startScriptedServer((_, index) => ({ body: bodies[index] }));
    const provider = providerAt(baseUrl);
    for (const _ of bodies) {
      expect(await failureOf(provider.embed('embedder', ['a', 'b'], { signal: live() }))).toMatchObject({
        failure: { code: 'unreadable_reply' },
      });
    }
  });
});

test('an abort while a piece is handled ends the call with its reason', async () => {
  const { provider } = await start({ answer: () => 'a long answer in pieces', chunkDelayMs: 5 });
  const controller = new AbortController();
  const reason = new Error('enough');
  const onText = () => controller.abort(reason);
  const call = provider.complete(requestOf(), { signal: controller.signal, onText });
  await expect(call).rejects.toBe(reason);
});
