import type { JsonObject } from '../json.ts';

export const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
export type SpanKind = (typeof spanKinds)[number];
export type SpanStatus = 'unset' | 'ok' | 'error';

/** What a span stands for in an application that asks models; `other` is all the rest of a program. */
export const spanTypes = ['model_call', 'embedding', 'retrieval', 'tool', 'agent', 'workflow', 'other'] as const;
export type SpanType = (typeof spanTypes)[number];

export type SpanEvent = { name: string; atUs: number; attributes: JsonObject };

/** One operation of a program, as OpenTelemetry reports it. */
export type Span = {
  /** 32 and 16 hexadecimal digits, in small letters. */
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: SpanKind;
  /** Microseconds since 1970: nanoseconds are beyond what a number holds exactly. */
  startUs: number;
  durationMs: number;
  status: SpanStatus;
  statusMessage: string;
  attributes: JsonObject;
  events: readonly SpanEvent[];
};

const byOperation: Readonly<Record<string, SpanType>> = {
  chat: 'model_call',
  completion: 'model_call',
  generate_content: 'model_call',
  text_completion: 'model_call',
  embedding: 'embedding',
  embeddings: 'embedding',
  rerank: 'retrieval',
  retrieval: 'retrieval',
  execute_tool: 'tool',
  create_agent: 'agent',
  invoke_agent: 'agent',
  invoke_workflow: 'workflow',
};

const byOpenInferenceKind: Readonly<Record<string, SpanType>> = {
  LLM: 'model_call',
  EMBEDDING: 'embedding',
  RETRIEVER: 'retrieval',
  RERANKER: 'retrieval',
  TOOL: 'tool',
  AGENT: 'agent',
  CHAIN: 'workflow',
};

const byTraceloopKind: Readonly<Record<string, SpanType>> = {
  workflow: 'workflow',
  task: 'workflow',
  agent: 'agent',
  tool: 'tool',
};

/**
 * By the GenAI conventions of OpenTelemetry (`gen_ai.operation.name`), else those of OpenInference and OpenLLMetry, else by what only a call of a model
 * has.
 */
export function spanTypeOf({ attributes }: Pick<Span, 'attributes'>): SpanType {
  const said = (table: Readonly<Record<string, SpanType>>, name: string): SpanType | undefined => {
    const value = attributes[name];
    return typeof value === 'string' && Object.hasOwn(table, value) ? table[value] : undefined;
  };
  const hasAny = (...names: string[]) => names.some((name) => attributes[name] !== undefined);
  return (
    said(byOperation, 'gen_ai.operation.name') ??
    said(byOpenInferenceKind, 'openinference.span.kind') ??
    said(byOperation, 'llm.request.type') ??
    said(byOperation, 'gen_ai.request.type') ??
    said(byTraceloopKind, 'traceloop.span.kind') ??
    (hasAny('gen_ai.tool.name') ? 'tool' : undefined) ??
    (hasAny('gen_ai.request.model', 'gen_ai.response.model') ? 'model_call' : 'other')
  );
}

/** What went wrong in a span: its own words, else those of the exception it recorded; null where nothing did. */
export function spanError({ status, statusMessage, attributes, events }: Span): string | null {
  const type = attributes['error.type'];
  if (status !== 'error' && type === undefined) return null;
  const exception = events.find(({ name }) => name === 'exception')?.attributes;
  const said = [statusMessage, exception?.['exception.message'], exception?.['exception.type'], type];
  return said.find((text) => typeof text === 'string' && text !== '')?.toString() ?? '';
}
