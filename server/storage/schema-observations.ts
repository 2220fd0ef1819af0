import type { Generated } from 'kysely';
import type { CaseId, ObservationId, ProjectId, ReleaseId, UnobservedCallId } from '../domain/ids.ts';
import type { Fixed, Instant, Json } from './column.ts';

/** Calls of production. */
export type ObservationTables = {
  observation: {
    id: Generated<ObservationId>;
    projectId: Fixed<ProjectId>;
    releaseId: Fixed<ReleaseId | null>;
    input: Fixed<Json>;
    output: Fixed<string>;
    latencyMs: Fixed<number | null>;
    inputTokens: Fixed<number | null>;
    outputTokens: Fixed<number | null>;
    costUsd: Fixed<number | null>;
    feedback: string | null;
    feedbackNote: string;
    caseId: CaseId | null;
    /** What the span that reported it said: which model, and which span it was. */
    model: Fixed<string | null>;
    traceId: Fixed<string | null>;
    spanId: Fixed<string | null>;
    createdAt: Fixed<Instant>;
  };
  /** A production call without an answer to look at; `failure` is null where it was answered. */
  unobservedCall: {
    id: Generated<UnobservedCallId>;
    projectId: Fixed<ProjectId>;
    releaseId: Fixed<ReleaseId | null>;
    failure: Fixed<string | null>;
    message: string;
    model: Fixed<string | null>;
    traceId: Fixed<string | null>;
    spanId: Fixed<string | null>;
    createdAt: Fixed<Instant>;
  };
};
