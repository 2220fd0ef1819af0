import type { Message, ModelParameters, ResponseFormat } from './prompt.ts';
import type { ToolCall } from './tool-call.ts';

/** What a model is asked. */
export type CompletionRequest = {
  /** The model's name within its connection. */
  model: string;
  messages: readonly Message[];
  parameters: ModelParameters;
  responseFormat: ResponseFormat;
};

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other';

/** `inputTokens` includes `cachedInputTokens`. */
export type TokenUsage = { inputTokens: number; outputTokens: number; cachedInputTokens: number };

/** What a model answered. */
export type Completion = {
  output: string;
  finishReason: FinishReason;
  usage: TokenUsage;
  /** The name that the server says it served; null where it says none. */
  servedModel: string | null;
  /** Probability of the label that was chosen, among the labels it could choose from; null where the model does not say. */
  confidence: number | null;
  /** What the person should know, such as "temperature was left out: this model refuses it". */
  notes: readonly string[];
  /** Tools that it asked for; left out where there are none. Without a text the output is `toolCallsText`. */
  toolCalls?: readonly ToolCall[];
};

export const failureCodes = [
  'rate_limited',
  'server_error',
  'timeout',
  'connection_lost',
  'unreachable',
  'unreadable_reply',
  'unauthorized',
  'model_not_found',
  'refused_request',
  'too_long',
  'not_supported',
  'template_error',
  'over_budget',
  'not_enough_memory',
] as const;
/** Why there is no usable reply. */
export type FailureCode = (typeof failureCodes)[number];

/** A failed model call is data: it is stored beside the results, never counted as a wrong answer. */
export type CompletionFailure = { code: FailureCode; message: string };
