import type { Generated } from 'kysely';
import type { ProjectId } from '../domain/ids.ts';
import type { Fixed, Json } from './column.ts';

/** What programs report by OpenTelemetry. */
export type TraceTables = {
  /** The sum of its spans, brought up to date with each that comes. */
  trace: {
    id: Generated<number>;
    projectId: Fixed<ProjectId>;
    traceId: Fixed<string>;
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
    /** Null where no call has a price. */
    costUsd: number | null;
    /** Calls of models without one. */
    unpriced: number;
    /** When the last of its spans came, whatever they say of their time. */
    receivedMs: number;
  };
  span: {
    id: Generated<number>;
    projectId: Fixed<ProjectId>;
    traceId: Fixed<string>;
    spanId: Fixed<string>;
    parentSpanId: Fixed<string | null>;
    name: string;
    kind: Fixed<string>;
    type: Fixed<string>;
    service: string;
    startUs: Fixed<number>;
    durationMs: Fixed<number>;
    status: Fixed<string>;
    error: string | null;
    model: Fixed<string | null>;
    servedModel: Fixed<string | null>;
    finishReason: string | null;
    inputTokens: Fixed<number | null>;
    outputTokens: Fixed<number | null>;
    cachedInputTokens: Fixed<number | null>;
    costUsd: Fixed<number | null>;
    /** Messages of a call of a model; an empty list for other spans. */
    input: Json;
    output: Json;
    attributes: Json;
    events: Json;
  };
  /** One message of a call that came as a log: kept beside its span, which it may come before. */
  spanMessage: {
    id: Generated<number>;
    projectId: Fixed<ProjectId>;
    traceId: Fixed<string>;
    spanId: Fixed<string>;
    name: Fixed<string>;
    atUs: Fixed<number>;
    attributes: Json;
    digest: Fixed<string>;
    receivedMs: Fixed<number>;
  };
};
