import type { Generated } from 'kysely';
import type { Fixed, Instant, Json } from './schema.ts';

/** Calls of production. */
export type ObservationTables = {
  observation: {
    id: Generated<number>;
    projectId: Fixed<number>;
    releaseId: Fixed<number | null>;
    input: Fixed<Json>;
    output: Fixed<string>;
    latencyMs: Fixed<number | null>;
    inputTokens: Fixed<number | null>;
    outputTokens: Fixed<number | null>;
    costUsd: Fixed<number | null>;
    feedback: string | null;
    feedbackNote: string;
    caseId: number | null;
    /** What the span that reported it said: which model, and which span it was. */
    model: Fixed<string | null>;
    traceId: Fixed<string | null>;
    spanId: Fixed<string | null>;
    createdAt: Fixed<Instant>;
  };
  /** A production call without an answer to look at; `failure` is null where it was answered. */
  unobservedCall: {
    id: Generated<number>;
    projectId: Fixed<number>;
    releaseId: Fixed<number | null>;
    failure: Fixed<string | null>;
    message: string;
    model: Fixed<string | null>;
    traceId: Fixed<string | null>;
    spanId: Fixed<string | null>;
    createdAt: Fixed<Instant>;
  };
};
