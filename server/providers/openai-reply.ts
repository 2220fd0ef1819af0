import { z } from 'zod';
import type { Completion, CompletionRequest, FinishReason, TokenUsage } from '../domain/completion.ts';
import { estimateMessageTokens, estimateTokens } from '../domain/tokens.ts';

const usage = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
});

/** What is read of a reply; servers add to it and leave parts out. */
export const chatReply = z.object({
  model: z.string().nullish(),
  choices: z.tuple(
    [
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
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
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
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
  finishReason: string | null | undefined;
  usage: z.infer<typeof usage> | null | undefined;
  servedModel: string | null | undefined;
};

/** The completion that an answer is, with notes on what was left out of the request and on what is only estimated. */
export function completionOf(answer: Answer, request: CompletionRequest, notes: readonly string[]): Completion {
  const { output, servedModel = null } = answer;
  const finishReason = finishReasons.get(answer.finishReason ?? '') ?? 'other';
  const estimated = answer.usage ? [] : ['Tokens are estimated: the server reported none.'];
  const spent =
    output === '' && finishReason === 'length'
      ? ['The token limit was used up before the answer began. Raise it: such models reason first.']
      : [];
  const usage = usageOf(answer, request);
  return { output, finishReason, usage, servedModel, confidence: null, notes: [...notes, ...estimated, ...spent] };
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
