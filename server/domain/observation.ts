import type { CaseId, ObservationId, ProjectId, ReleaseId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const feedbackValues = ['up', 'down'] as const;
export type Feedback = (typeof feedbackValues)[number];

/** One production call, as the application that made it reports it. */
export type Observation = {
  id: ObservationId;
  projectId: ProjectId;
  releaseId: ReleaseId | null;
  /** The variables that the prompt was filled with. */
  input: JsonObject;
  output: string;
  latencyMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  feedback: Feedback | null;
  feedbackNote: string;
  /** `connection/name` as a span said it; null where it was reported without. */
  model: string | null;
  /** The span that reported it, by its trace. */
  traceId: string | null;
  spanId: string | null;
  /** The evaluation case that was made of it. */
  caseId: CaseId | null;
  createdAt: string;
};
