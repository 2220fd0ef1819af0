import type { FinishReason } from '../completion.ts';
import type { JsonObject } from '../json.ts';
import type { TraceMessage } from './messages.ts';
import type { Span, SpanEvent, SpanType } from './span.ts';

/** A span as it is shown in its trace. Figures are null where it is no call of a model, or does not say them. */
export type RecordedSpan = Omit<Span, 'statusMessage' | 'attributes' | 'events'> & {
  type: SpanType;
  service: string;
  /** What went wrong; null where nothing did. */
  error: string | null;
  /** `connection/name` of the model that was asked for. */
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  cachedInputTokens: number | null;
  costUsd: number | null;
};

/** What a span holds beyond that; what was said stands in the messages only. */
export type SpanContent = {
  servedModel: string | null;
  finishReason: FinishReason | null;
  input: readonly TraceMessage[];
  output: readonly TraceMessage[];
  attributes: JsonObject;
  events: readonly SpanEvent[];
};

/** All that came of one request through a program; its parts may come late and in any order. */
export type Trace = {
  id: number;
  traceId: string;
  /** Of its root, else of the earliest span. */
  name: string;
  service: string;
  startUs: number;
  durationMs: number;
  spans: number;
  errors: number;
  modelCalls: number;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  /** USD of the calls that have a price; null where none has. */
  costUsd: number | null;
  /** Calls of models without a price. */
  unpriced: number;
};
