import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../server/domain/json.ts';
import { isMessageEvent, modelCallOf, outputOf, withoutMessages } from '../../../server/domain/trace/model-call.ts';
import { releaseReferenceOf, variablesOf } from '../../../server/domain/trace/release-reference.ts';
import { type SpanEvent, spanError, spanTypeOf } from '../../../server/domain/trace/span.ts';
import { traceSpan } from '../../fixtures/trace-spans.ts';

const call = (attributes: JsonObject, events: SpanEvent[] = []) => modelCallOf({ attributes, events });
const event = (name: string, attributes: JsonObject): SpanEvent => ({ name, atUs: 0, attributes });
const said = (role: string, content: string) => ({ role, content, toolCalls: [] });
const weather = { name: 'get_weather', arguments: { location: 'Paris' } };

/** One call, as each convention reports it. */
const question = said('user', 'Weather in Paris?');
const answer = said('assistant', 'Rainy, 57°F');
const reported: Record<string, JsonObject> = {
  'OpenTelemetry, in force': {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
    'gen_ai.usage.input_tokens': 52,
    'gen_ai.usage.output_tokens': 47,
    'gen_ai.usage.cache_read.input_tokens': 20,
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.system_instructions': '[{"type":"text","content":"Be short."}]',
    'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Weather in Paris?"}]}]',
    'gen_ai.output.messages':
      '[{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},{"type":"text","content":"Rainy, 57°F"}],"finish_reason":"stop"}]',
  },
  'OpenLLMetry, spread over attributes': {
    'llm.request.type': 'chat',
    'gen_ai.system': 'OpenAI',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
    'gen_ai.usage.prompt_tokens': 52,
    'gen_ai.usage.completion_tokens': 47,
    'gen_ai.usage.cache_read_input_tokens': 20,
    'gen_ai.prompt.0.role': 'system',
    'gen_ai.prompt.0.content': 'Be short.',
    'gen_ai.prompt.1.role': 'user',
    'gen_ai.prompt.1.content': 'Weather in Paris?',
    'gen_ai.completion.0.role': 'assistant',
    'gen_ai.completion.0.content': 'Rainy, 57°F',
    'gen_ai.completion.0.finish_reason': 'stop',
  },
  OpenInference: {
    'openinference.span.kind': 'LLM',
    'llm.provider': 'openai',
    'llm.model_name': 'gpt-5-mini',
    'llm.response.model_name': 'gpt-5-mini-2025-08-07',
    'llm.token_count.prompt': 52,
    'llm.token_count.completion': 47,
    'llm.token_count.prompt_details.cache_read': 20,
    'llm.finish_reason': 'stop',
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.0.message.content': 'Be short.',
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.contents.0.message_content.type': 'text',
    'llm.input_messages.1.message.contents.0.message_content.text': 'Weather in Paris?',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': 'Rainy, 57°F',
    'input.value': '{"messages": []}',
    'output.value': '{}',
  },
  'the AI SDK': {
    'gen_ai.system': 'openai.chat',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
    'gen_ai.usage.input_tokens': '52',
    'gen_ai.usage.output_tokens': '47',
    'gen_ai.usage.cached_tokens': 20,
    'gen_ai.response.finish_reasons': ['stop'],
    'ai.prompt.messages':
      '[{"role":"system","content":"Be short."},{"role":"user","content":[{"type":"text","text":"Weather in Paris?"}]}]',
    'ai.response.text': 'Rainy, 57°F',
  },
};

describe('a call of a model', () => {
  it.each(Object.entries(reported))('is read alike from what %s reports', (_name, attributes) => {
    expect(spanTypeOf({ attributes })).toBe('model_call');
    expect(call(attributes)).toEqual({
      model: { connection: 'openai', name: 'gpt-5-mini' },
      servedModel: 'gpt-5-mini-2025-08-07',
      input: [said('system', 'Be short.'), question],
      output: [answer],
      finishReason: 'stop',
      inputTokens: 52,
      outputTokens: 47,
      cachedInputTokens: 20,
    });
    // What was said stands in the messages, and nowhere else.
    expect(JSON.stringify(withoutMessages(attributes))).not.toMatch(/Paris|Rainy|short/);
  });

  it('is read from the events of a span, one a message or all in one', () => {
    const one = [
      event('gen_ai.system.message', { content: 'Be short.' }),
      event('gen_ai.user.message', { content: 'Weather in Paris?' }),
      event('gen_ai.choice', { index: 0, finish_reason: 'length', message: '{"content":"Rainy, 57°F"}' }),
    ];
    expect(call({}, one)).toMatchObject({
      input: [said('system', 'Be short.'), question],
      output: [answer],
      finishReason: 'length',
    });
    const input = [{ role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] }];
    const details = { 'gen_ai.input.messages': input, 'gen_ai.output.messages': [{ ...answer, role: 'assistant' }] };
    const all = [event('gen_ai.client.inference.operation.details', details)];
    expect(call({}, all)).toMatchObject({ input: [question], output: [answer] });
    const older = [
      event('gen_ai.content.completion', { 'gen_ai.completion': '[{"role":"assistant","content":"Hi"}]' }),
    ];
    expect(call({}, older).output).toEqual([said('assistant', 'Hi')]);
    expect([...one, ...all, ...older].every(({ name }) => isMessageEvent(name))).toBe(true);
    expect(isMessageEvent('exception')).toBe(false);
  });

  it.each<[string, JsonObject]>([
    [
      'parts',
      {
        'gen_ai.output.messages': [
          { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', ...weather }], finish_reason: 'tool_call' },
        ],
      },
    ],
    [
      'attributes',
      {
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.tool_calls.0.name': 'get_weather',
        'gen_ai.completion.0.tool_calls.0.arguments': '{"location":"Paris"}',
        'gen_ai.completion.0.finish_reason': 'tool_calls',
      },
    ],
    [
      'the attributes of OpenInference',
      {
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'get_weather',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"location":"Paris"}',
        'llm.finish_reason': 'tool_calls',
      },
    ],
    [
      'the AI SDK',
      {
        'ai.response.toolCalls':
          '[{"type":"tool-call","toolName":"get_weather","input":"{\\"location\\":\\"Paris\\"}"}]',
        'gen_ai.response.finish_reasons': ['tool-calls'],
      },
    ],
  ])('may call tools, in %s', (_name, attributes) => {
    const read = call(attributes);
    expect(read.output).toEqual([{ role: 'assistant', content: '', toolCalls: [weather] }]);
    expect(read.finishReason).toBe('tool_calls');
    expect(outputOf(read)).toBe('{"tool_calls":[{"name":"get_weather","arguments":{"location":"Paris"}}]}');
  });

  it('has messages of other kinds than text named by what they are, and tools say what they gave', () => {
    const parts: JsonValue = [
      { type: 'text', content: 'What is this?' },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'aGVsbG8=' },
    ];
    const given = { type: 'tool_call_response', id: 'c1', result: { sky: 'grey' } };
    const input = [
      { role: 'user', parts },
      { role: 'tool', parts: [given] },
    ];
    expect(call({ 'gen_ai.input.messages': input }).input).toEqual([
      said('user', 'What is this?\n[image]'),
      said('tool', '{"sky":"grey"}'),
    ]);
  });

  it('keeps an answer that is JSON as the text that it is', () => {
    const output = [{ role: 'assistant', content: '[1, 2]' }];
    expect(outputOf(call({ 'gen_ai.output.messages': output }))).toBe('[1, 2]');
    expect(outputOf(call({ 'gen_ai.completion.0.content': '{"mood":"good"}' }))).toBe('{"mood":"good"}');
  });

  it('has no output where none was recorded, which is not the same as an empty one', () => {
    expect(outputOf(call({ 'gen_ai.request.model': 'gpt-4' }))).toBeNull();
    expect(outputOf(call({ 'gen_ai.completion.0.content': '' }))).toBe('');
  });

  it('counts cached tokens as input, also where a sender counted them apart', () => {
    const usage = (input: number, cached: number) =>
      call({ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.cache_read.input_tokens': cached });
    expect(usage(100, 80)).toMatchObject({ inputTokens: 100, cachedInputTokens: 80 });
    expect(usage(20, 80)).toMatchObject({ inputTokens: 100, cachedInputTokens: 80 });
    expect(call({ 'gen_ai.usage.input_tokens': -3 }).inputTokens).toBeNull();
  });
});

describe('the type of a span', () => {
  it.each([
    ['embedding', { 'gen_ai.operation.name': 'embeddings' }],
    ['tool', { 'gen_ai.operation.name': 'execute_tool' }],
    ['agent', { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'gpt-4' }],
    ['retrieval', { 'openinference.span.kind': 'RETRIEVER' }],
    ['workflow', { 'traceloop.span.kind': 'workflow' }],
    ['model_call', { 'gen_ai.request.model': 'gpt-4' }],
    ['other', { 'http.request.method': 'GET' }],
    ['other', { 'gen_ai.operation.name': 'constructor' }],
  ] as const)('is %s by %o', (type, attributes) => {
    expect(spanTypeOf({ attributes })).toBe(type);
  });
});

it('says what went wrong, by the status or the exception', () => {
  expect(spanError(traceSpan({}))).toBeNull();
  expect(spanError(traceSpan({ status: 'error', statusMessage: 'too slow' }))).toBe('too slow');
  const events = [event('exception', { 'exception.type': 'Timeout', 'exception.message': 'after 60 s' })];
  expect(spanError(traceSpan({ status: 'error', events }))).toBe('after 60 s');
  expect(spanError(traceSpan({ attributes: { 'error.type': '429' } }))).toBe('429');
});

it('names its release by number or by the version of a prompt, itself before its program', () => {
  expect(releaseReferenceOf({ 'whetstone.release': '7' }, { 'whetstone.release': 3 })).toEqual({
    type: 'release',
    id: 7,
  });
  const version = { 'whetstone.prompt': 'sentiment', 'whetstone.version': 2 };
  expect(releaseReferenceOf({}, version)).toEqual({ type: 'version', prompt: 'sentiment', version: 2 });
  expect(releaseReferenceOf({ 'whetstone.release': 'none' }, {})).toBeNull();
  expect(variablesOf({ 'whetstone.variables': '{"review":"Lovely"}' })).toEqual({ review: 'Lovely' });
  expect(variablesOf({ 'llm.prompt_template.variables': '[1]' })).toBeNull();
});
