import type { Generated } from 'kysely';
import type {
  EvalSetId,
  PersonId,
  ProjectId,
  PromptId,
  PromptVersionId,
  ReleaseId,
  ReleaseRequestId,
  ScopeId,
} from '../domain/ids.ts';
import type { Fixed, Instant, Json } from './column.ts';

/** People, what they ask for and approve, and the labels that point to it. */
export type ReleaseTables = {
  person: {
    id: Generated<PersonId>;
    name: Fixed<string>;
    role: string;
    /** SHA-256 of the token; null where it was taken back. */
    tokenHash: string | null;
    createdAt: Fixed<Instant>;
    removedAt: Instant | null;
  };
  /** A version put forward with the evidence it stands on. */
  releaseRequest: {
    id: Generated<ReleaseRequestId>;
    projectId: Fixed<ProjectId>;
    promptId: Fixed<PromptId>;
    promptVersionId: Fixed<PromptVersionId>;
    model: Fixed<string>;
    parameters: Fixed<Json>;
    /** The scope that its gates were computed from; null where none was written. */
    scopeId: Fixed<ScopeId | null>;
    evidence: Fixed<Json>;
    evidenceDigest: Fixed<string>;
    note: Fixed<string>;
    requestedBy: Fixed<string>;
    personId: Fixed<PersonId | null>;
    createdAt: Fixed<Instant>;
  };
  /** What was said to a request, and what became of it. */
  requestEvent: {
    id: Generated<number>;
    requestId: Fixed<number>;
    kind: Fixed<string>;
    text: Fixed<string>;
    /** The case that a comment is about. */
    evalSetId: Fixed<EvalSetId | null>;
    caseKey: Fixed<string | null>;
    /** Of an approval: the release that it made. */
    releaseId: Fixed<ReleaseId | null>;
    author: Fixed<string>;
    personId: Fixed<PersonId | null>;
    createdAt: Fixed<Instant>;
  };
  release: {
    id: Generated<ReleaseId>;
    projectId: Fixed<ProjectId>;
    promptId: Fixed<PromptId>;
    promptVersionId: Fixed<PromptVersionId>;
    number: Fixed<number>;
    model: Fixed<string>;
    parameters: Fixed<Json>;
    evidence: Fixed<Json>;
    evidenceDigest: Fixed<string>;
    note: Fixed<string>;
    approvedBy: Fixed<string>;
    /** Gates that were not met, each with why it was approved all the same. */
    overrides: Fixed<Json>;
    createdAt: Fixed<Instant>;
  };
  labelMove: {
    id: Generated<number>;
    promptId: Fixed<PromptId>;
    label: Fixed<string>;
    releaseId: Fixed<ReleaseId>;
    kind: Fixed<string>;
    reason: Fixed<string>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
};
