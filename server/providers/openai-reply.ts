import { z } from 'zod';
import type { Completion, CompletionRequest, FinishReason, TokenUsage } from '../domain/completion.ts';
import { maskKeys } from '../domain/mask-secrets.ts';
import { estimateMessageTokens, estimateTokens } from '../domain/tokens.ts';
import { readToolCall, toolCallsText } from '../domain/tool-call.ts';

const usage = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
});

const toolCall = z.object({ function: z.object({ name: z.string(), arguments: z.string().nullish() }) });
/** Of a call in pieces the first has the name, and each a part of the arguments. */
const toolCallPiece = z.object({
  index: z.number().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

/** What is read of a reply; servers add to it and leave parts out. */
export const chatReply = z.object({
  model: z.string().nullish(),
  choices: z.tuple(
    [
      z.object({
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(toolCall).nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    ],
    z.unknown(),
  ),
  usage: usage.nullish().catch(null),
});

/** What is read of a piece of a streamed reply. The last one may hold the usage and no choice. */
export const chatChunk = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            tool_calls: z.array(toolCallPiece).nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: usage.nullish().catch(null),
});

/** Some gateways answer 200 and put what went wrong into the body. */
export const errorReply = z.object({ error: z.looseObject({ message: z.string() }) });

export const embeddingList = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.number() }).nullish().catch(null),
});

/** Ollama says `null` for an empty list. */
export const modelList = z.object({ data: z.array(z.object({ id: z.string() })).nullable() });

/** What was read of a reply, whole or in pieces. */
export type Answer = {
  output: string;
  /** Each with its arguments as the text that was sent. */
  toolCalls: readonly { name: string; arguments: string }[];
  finishReason: string | null | undefined;
  usage: z.infer<typeof usage> | null | undefined;
  servedModel: string | null | undefined;
};

/** The completion that an answer is, with notes on what was left out of the request and on what is only estimated. */
export function completionOf(answer: Answer, request: CompletionRequest, notes: readonly string[]): Completion {
  const { servedModel = null } = answer;
  const toolCalls = answer.toolCalls.map((call) => readToolCall(call.name, call.arguments));
  const output = answer.output === '' && toolCalls.length > 0 ? toolCallsText(toolCalls) : answer.output;
  const finishReason = finishReasons.get(answer.finishReason ?? '') ?? 'other';
  const estimated = answer.usage ? [] : ['Tokens are estimated: the server reported none.'];
  const spent =
    output === '' && finishReason === 'length'
      ? ['The token limit was used up before the answer began. Raise it: such models reason first.']
      : [];
  const usage = usageOf(answer, request);
  return {
    output,
    finishReason,
    usage,
    servedModel,
    confidence: null,
    notes: [...notes, ...estimated, ...spent],
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

/** The text and the tool calls of a whole message, without the keys that they may repeat. */
export function saidIn(
  { content, refusal, tool_calls: calls }: z.infer<typeof chatReply>['choices'][0]['message'],
  keys: readonly string[],
): Pick<Answer, 'output' | 'toolCalls'> {
  return {
    output: maskKeys(content ?? refusal ?? '', keys),
    toolCalls: (calls ?? []).map((call) => ({
      name: maskKeys(call.function.name, keys),
      arguments: maskKeys(call.function.arguments ?? '', keys),
    })),
  };
}

/** Puts the pieces of streamed tool calls together. */
export class ToolCallPieces {
  readonly #calls = new Map<number, { name: string; arguments: string }>();

  add(pieces: readonly z.infer<typeof toolCallPiece>[] | null | undefined): void {
    for (const { index, function: part } of pieces ?? []) {
      const at = index ?? this.#calls.size;
      const before = this.#calls.get(at) ?? { name: '', arguments: '' };
      this.#calls.set(at, {
        name: before.name + (part?.name ?? ''),
        arguments: before.arguments + (part?.arguments ?? ''),
      });
    }
  }

  calls(keys: readonly string[]): Answer['toolCalls'] {
    return [...this.#calls.values()].map((call) => ({
      name: maskKeys(call.name, keys),
      arguments: maskKeys(call.arguments, keys),
    }));
  }
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'content_filter'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
]);

function usageOf({ usage, output }: Answer, { messages }: CompletionRequest): TokenUsage {
  if (!usage)
    return {
      inputTokens: estimateMessageTokens(messages),
      outputTokens: estimateTokens(output),
      cachedInputTokens: 0,
    };
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens, prompt_tokens_details: details } = usage;
  return { inputTokens, outputTokens, cachedInputTokens: Math.min(details?.cached_tokens ?? 0, inputTokens) };
}
