import type { FinishReason } from '../completion.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { ModelReference } from '../model.ts';
import { toolCallsText } from '../tool-call.ts';
import { unflattened } from './flattened.ts';
import { messagesOf, parsedJson, type TraceMessage } from './messages.ts';
import type { Span } from './span.ts';

/** What a span says of a call of a model. Null is what it does not say. */
export type ModelCall = {
  /** As prices name it: the provider and the model that was asked for; null where no model is named. */
  model: ModelReference | null;
  /** The model that answered, where its name is another one. */
  servedModel: string | null;
  input: readonly TraceMessage[];
  /** A message a choice. */
  output: readonly TraceMessage[];
  finishReason: FinishReason | null;
  /** Includes the cached ones. */
  inputTokens: number | null;
  outputTokens: number | null;
  cachedInputTokens: number | null;
};

/**
 * Reads a call by the GenAI conventions of OpenTelemetry (https://github.com/open-telemetry/semantic-conventions-genai), now and as they were, by those
 * of OpenLLMetry and OpenInference, and by the AI SDK's names.
 */
export function modelCallOf({ attributes, events }: Pick<Span, 'attributes' | 'events'>): ModelCall {
  const first = (names: readonly string[]) => names.map((name) => attributes[name]).find((value) => value != null);
  const requested = textOf(first(names.requestModel));
  const served = textOf(first(names.responseModel));
  const name = requested ?? served;
  const fromEvents = callOfEvents(events);
  return {
    model: name === null ? null : { connection: connectionOf(textOf(first(names.provider))), name },
    servedModel: served === name ? null : served,
    input: [
      ...messagesOf(first(names.instructions) ?? fromEvents.instructions, 'system'),
      ...firstMessages([
        () => messagesOf(first(names.input), 'user'),
        ...flattenedInput.map((prefix) => () => messagesOf(unflattened(attributes, prefix) ?? undefined, 'user')),
        () => fromEvents.input,
        () => messagesOf(first(names.inputText), 'user'),
      ]),
    ],
    output: firstMessages([
      () => messagesOf(first(names.output), 'assistant'),
      ...flattenedOutput.map((prefix) => () => messagesOf(unflattened(attributes, prefix) ?? undefined, 'assistant')),
      () => answerOfAiSdk(attributes),
      () => fromEvents.output,
      () => messagesOf(first(names.outputText), 'assistant'),
    ]),
    finishReason: finishReasonOf(first(names.finishReason) ?? fromEvents.finishReason ?? reasonInOutput(attributes)),
    ...usageOf({
      input: countOf(first(names.inputTokens)),
      output: countOf(first(names.outputTokens)),
      cached: countOf(first(names.cachedInputTokens)),
    }),
  };
}

/** The answer as an output: the text of the first choice, or the tools it called. Null where the span does not hold it. */
export function outputOf({ output: [answer] }: Pick<ModelCall, 'output'>): string | null {
  if (answer === undefined) return null;
  return answer.content === '' && answer.toolCalls.length > 0 ? toolCallsText(answer.toolCalls) : answer.content;
}

/** Names in the order they are believed: those in force, then older ones. */
const names = {
  provider: ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system', 'ai.model.provider', 'llm.vendor'],
  requestModel: [
    'gen_ai.request.model',
    'llm.request.model_name',
    'llm.request.model',
    'llm.model_name',
    'embedding.model_name',
    'ai.model.id',
  ],
  responseModel: ['gen_ai.response.model', 'llm.response.model_name', 'llm.response.model', 'ai.response.model'],
  instructions: ['gen_ai.system_instructions'],
  input: ['gen_ai.input.messages', 'ai.prompt.messages', 'gen_ai.prompt'],
  inputText: ['input.value'],
  output: ['gen_ai.output.messages', 'gen_ai.completion'],
  outputText: ['output.value'],
  finishReason: [
    'gen_ai.response.finish_reasons',
    'gen_ai.response.finish_reason',
    'gen_ai.completion.0.finish_reason',
    'llm.finish_reason',
    'llm.response.finish_reason',
    'llm.response.stop_reason',
    'ai.response.finishReason',
  ],
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
    'ai.usage.promptTokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
    'ai.usage.completionTokens',
  ],
  cachedInputTokens: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.cached_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.cachedInputTokens',
  ],
} as const;
const flattenedInput = ['gen_ai.prompt', 'llm.input_messages', 'llm.prompts'] as const;
const flattenedOutput = ['gen_ai.completion', 'llm.output_messages', 'llm.choices', 'llm.completions'] as const;

const contents: ReadonlySet<string> = new Set([
  ...names.instructions,
  ...names.input,
  ...names.inputText,
  ...names.output,
  ...names.outputText,
  ...['ai.prompt', 'ai.response.text', 'ai.response.toolCalls'],
]);
const contentPrefixes = [...flattenedInput, ...flattenedOutput].map((prefix) => `${prefix}.`);

/** The attributes of a model's call without those that `modelCallOf` reads messages from: what was said is kept once. */
export const withoutMessages = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) => !contents.has(name) && !contentPrefixes.some((prefix) => name.startsWith(prefix)),
    ),
  );

/** The same of events. */
export const isMessageEvent = (name: string): boolean => Object.hasOwn(eventRoles, name) || detailEvents.includes(name);

const eventRoles: Readonly<Record<string, string>> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
  'gen_ai.choice': 'assistant',
};
const detailEvents = [
  'gen_ai.client.inference.operation.details',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
];

/** Messages that were reported as events of the span, one each or all in one. */
function callOfEvents(events: Span['events']) {
  const input: TraceMessage[] = [];
  const output: TraceMessage[] = [];
  let instructions: JsonValue | undefined;
  let finishReason: JsonValue | undefined;
  for (const { name, attributes } of events) {
    const role = Object.hasOwn(eventRoles, name) ? eventRoles[name] : undefined;
    if (role !== undefined) {
      const said = messagesOf(eventBody(attributes), role);
      if (name === 'gen_ai.choice') {
        output.push(...said);
        finishReason ??= attributes.finish_reason;
      } else input.push(...said);
    } else if (detailEvents.includes(name)) {
      instructions ??= attributes['gen_ai.system_instructions'];
      input.push(...messagesOf(attributes['gen_ai.input.messages'] ?? attributes['gen_ai.prompt'], 'user'));
      output.push(...messagesOf(attributes['gen_ai.output.messages'] ?? attributes['gen_ai.completion'], 'assistant'));
    }
  }
  return { instructions, input, output, finishReason };
}

/** Events of logs have a body; as events of spans its fields became attributes, some of them written as JSON. */
const eventBody = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      name === 'content' ? value : (parsedJson(value) ?? value),
    ]),
  );

function answerOfAiSdk(attributes: JsonObject): TraceMessage[] {
  const content = attributes['ai.response.text'] ?? '';
  const calls = parsedJson(attributes['ai.response.toolCalls']);
  if (content === '' && calls === undefined) return [];
  return messagesOf({ role: 'assistant', content, tool_calls: calls ?? [] }, 'assistant');
}

/** In force, each message of the output says why it ended. */
function reasonInOutput(attributes: JsonObject): JsonValue | undefined {
  const output = parsedJson(attributes['gen_ai.output.messages']);
  const [choice]: readonly JsonValue[] = Array.isArray(output) ? output : [];
  return isJsonObject(choice) ? choice.finish_reason : undefined;
}

function firstMessages(readers: readonly (() => TraceMessage[])[]): TraceMessage[] {
  for (const read of readers) {
    const messages = read();
    if (messages.length > 0) return messages;
  }
  return [];
}

/** `openai` for what OpenAI is called: "OpenAI", "openai.chat"; other providers by their own names. */
function connectionOf(provider: string | null): string {
  const name = (provider ?? 'unknown').toLowerCase();
  return /^openai\b/.test(name) ? 'openai' : name;
}

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  content_filter: 'content_filter',
  'content-filter': 'content_filter',
  safety: 'content_filter',
  refusal: 'content_filter',
  tool_call: 'tool_calls',
  tool_calls: 'tool_calls',
  'tool-calls': 'tool_calls',
  tool_use: 'tool_calls',
  function_call: 'tool_calls',
};

function finishReasonOf(value: JsonValue | undefined): FinishReason | null {
  const read = parsedJson(value);
  const reason: JsonValue | undefined = Array.isArray(read) ? read[0] : read;
  if (typeof reason !== 'string' || reason === '') return null;
  const known = reason.toLowerCase();
  return Object.hasOwn(reasons, known) ? (reasons[known] ?? 'other') : 'other';
}

/** The conventions count cached tokens as input too. Where more is cached than was put in, a sender counted them apart. */
function usageOf({ input, output, cached }: Readonly<Record<'input' | 'output' | 'cached', number | null>>) {
  const apart = input !== null && cached !== null && cached > input;
  return { inputTokens: apart ? input + cached : input, outputTokens: output, cachedInputTokens: cached };
}

function countOf(value: JsonValue | undefined): number | null {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
