import type {
  EvalSetId,
  PersonId,
  ProjectId,
  PromptId,
  PromptVersionId,
  ReleaseId,
  ReleaseRequestId,
  ScopeId,
} from './ids.ts';
import type { ModelParameters } from './prompt.ts';
import type { Evidence } from './release.ts';

/** A version with its model, put forward for release with the evidence frozen as it was then. Immutable. */
export type ReleaseRequest = {
  id: ReleaseRequestId;
  projectId: ProjectId;
  promptId: PromptId;
  promptVersionId: PromptVersionId;
  model: string;
  parameters: ModelParameters;
  scopeId: ScopeId | null;
  evidence: Evidence;
  /** SHA-256 of the evidence's canonical JSON. */
  evidenceDigest: string;
  note: string;
  requestedBy: string;
  /** Null where nobody was added to the workbench yet. */
  personId: PersonId | null;
  createdAt: string;
  events: readonly RequestEvent[];
};

/** What was said to a request or became of it. Append-only; all but a comment end it. */
export type RequestEvent = {
  id: number;
  kind: 'commented' | 'sent_back' | 'withdrawn' | 'approved';
  text: string;
  case: { evalSetId: EvalSetId; key: string } | null;
  releaseId: ReleaseId | null;
  author: string;
  personId: PersonId | null;
  createdAt: string;
};

export type RequestState = 'open' | 'sent_back' | 'withdrawn' | 'approved';

export function requestState({ events }: Pick<ReleaseRequest, 'events'>): RequestState {
  const end = events.find(({ kind }) => kind !== 'commented');
  return end === undefined || end.kind === 'commented' ? 'open' : end.kind;
}
