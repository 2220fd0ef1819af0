import type { Generated, GeneratedAlways } from 'kysely';
import type {
  BatchId,
  CaseId,
  CategoryChangeId,
  CommentId,
  EvalSetId,
  EvalSetVersionId,
  ProjectId,
  PromptId,
  PromptVersionId,
  ResultId,
  RunId,
  ScopeId,
  ScoringId,
} from '../domain/ids.ts';
import type { Fixed, Flag, Instant, Json } from './column.ts';
import type { AlertTables } from './schema-alerts.ts';
import type { DraftTables } from './schema-drafts.ts';
import type { ObservationTables } from './schema-observations.ts';
import type { OnlineTables } from './schema-online.ts';
import type { RedactionTables } from './schema-redaction.ts';
import type { ReleaseTables } from './schema-releases.ts';
import type { TraceTables } from './schema-traces.ts';

/** Those of a file of their own. */
type ElsewhereTables = RedactionTables &
  DraftTables &
  ReleaseTables &
  ObservationTables &
  OnlineTables &
  AlertTables &
  TraceTables;
export type Tables = ElsewhereTables & {
  project: { id: Generated<ProjectId>; slug: string; name: string; createdAt: Fixed<Instant> };
  scope: { id: Generated<ScopeId>; projectId: ProjectId; content: Json; author: string; createdAt: Fixed<Instant> };
  prompt: { id: Generated<PromptId>; projectId: ProjectId; slug: string; name: string; createdAt: Fixed<Instant> };
  promptVersion: {
    id: Generated<PromptVersionId>;
    promptId: Fixed<PromptId>;
    number: Fixed<number>;
    content: Fixed<Json>;
    contentHash: Fixed<string>;
    note: Fixed<string>;
    author: Fixed<string>;
    parent: Fixed<number | null>;
    createdAt: Fixed<Instant>;
  };
  evalSet: {
    id: Generated<EvalSetId>;
    projectId: ProjectId;
    slug: string;
    name: string;
    notes: string;
    holdoutShare: number;
    createdAt: Fixed<Instant>;
  };
  evalSetVersion: {
    id: Generated<EvalSetVersionId>;
    evalSetId: Fixed<EvalSetId>;
    number: Fixed<number>;
    note: Fixed<string>;
    author: Fixed<string>;
    caseCount: Fixed<number>;
    createdAt: Fixed<Instant>;
  };
  /** A row is part of set versions `addedIn` ≤ number < `removedIn`: a snapshot costs only what changed. */
  evalCase: {
    id: Generated<CaseId>;
    evalSetId: Fixed<EvalSetId>;
    key: Fixed<string>;
    variables: Fixed<Json>;
    expected: Fixed<Json>;
    label: Fixed<string | null>;
    tags: Fixed<Json>;
    source: Fixed<string>;
    /** Cases that belong together have the same one. */
    groupName: Fixed<string | null>;
    /** As they are typed, a JSON list; null where it has none of its own. */
    scorers: Fixed<Json | null>;
    /** `InputLanguage` of its text. */
    language: Fixed<string | null>;
    split: Fixed<string>;
    position: Fixed<number>;
    addedIn: Fixed<number>;
    removedIn: number | null;
  };
  run: {
    id: Generated<RunId>;
    projectId: Fixed<ProjectId>;
    promptVersionId: Fixed<PromptVersionId>;
    evalSetVersionId: Fixed<EvalSetVersionId>;
    model: Fixed<string>;
    standIn: Fixed<Flag>;
    parameters: Fixed<Json>;
    settings: Fixed<Json>;
    status: string;
    statusReason: string;
    total: Fixed<number>;
    note: string;
    codeVersion: Fixed<string>;
    servedModel: string | null;
    /** Set while a process executes it; that process renews `leaseUntil`. */
    owner: string | null;
    leaseUntil: number | null;
    /** What another process asks of the owner: `pause` or `cancel`. */
    requested: string | null;
    wallMs: number;
    /** RunSummary as JSON while the run rests; null while it executes. */
    summary: Json | null;
    createdAt: Fixed<Instant>;
    startedAt: Instant | null;
    endedAt: Instant | null;
    tags: Generated<Json>;
    archivedAt: Instant | null;
    /** List of `PriceBasis`. */
    priceBases: Generated<Json>;
  };
  /** What stays of a run that was deleted. */
  deletedRun: {
    id: Fixed<RunId>;
    projectId: Fixed<ProjectId>;
    about: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    /** Whose holdout cases it looked at for which prompt; null where it did not, and for runs that were deleted before this was kept. */
    promptId: Fixed<PromptId | null>;
    evalSetId: Fixed<EvalSetId | null>;
  };
  /** Requests of a run that the provider answers in its own time; see `Batch`. */
  batch: {
    id: Generated<BatchId>;
    runId: Fixed<RunId>;
    number: Fixed<number>;
    round: Fixed<number>;
    marker: Fixed<string>;
    providerId: string | null;
    status: string;
    requests: Fixed<number>;
    completed: number;
    failed: number;
    estimatedUsd: Fixed<number | null>;
    leftOut: Fixed<Json>;
    ending: string | null;
    reason: string;
    createdAt: Fixed<Instant>;
    expiresAt: Instant | null;
    settledAt: Instant | null;
  };
  /** What a batch under way asks for; empty once it is settled. */
  batchItem: { batchId: Fixed<BatchId>; caseId: Fixed<CaseId>; repeat: Fixed<number>; attempt: Fixed<number> };
  runEvent: {
    id: Generated<number>;
    runId: Fixed<RunId>;
    number: Fixed<number>;
    type: Fixed<string>;
    content: Fixed<Json>;
    createdAt: Fixed<Instant>;
  };
  result: {
    id: Generated<ResultId>;
    runId: Fixed<RunId>;
    caseId: Fixed<CaseId>;
    repeat: Fixed<number>;
    attempt: Fixed<number>;
    /** 1 on the attempt that counts. */
    last: Flag;
    output: Fixed<string | null>;
    finishReason: Fixed<string | null>;
    inputTokens: Fixed<number>;
    outputTokens: Fixed<number>;
    cachedInputTokens: Fixed<number>;
    costUsd: Fixed<number | null>;
    latencyMs: Fixed<number>;
    calls: Fixed<number>;
    fromCache: Fixed<Flag>;
    servedModel: Fixed<string | null>;
    confidence: Fixed<number | null>;
    notes: Fixed<Json>;
    /** Tools that the reply asked for. */
    toolCalls: Fixed<Json | null>;
    errorCode: Fixed<string | null>;
    errorMessage: Fixed<string | null>;
    createdAt: Fixed<Instant>;
  };
  /** One way of scoring a run's outputs; `countedScoring` says which counts, the others stay. */
  scoring: {
    id: Generated<ScoringId>;
    runId: Fixed<RunId>;
    number: Fixed<number>;
    scorers: Fixed<Json>;
    threshold: Fixed<number | null>;
    /** `ScoringModels` as JSON; what is missing is null. */
    models: Fixed<Json>;
    createdAt: Fixed<Instant>;
  };
  /** From when a scoring of a run counts: until the next one of that run. */
  countedScoring: {
    id: Generated<number>;
    runId: Fixed<RunId>;
    scoringId: Fixed<ScoringId>;
    createdAt: Fixed<Instant>;
  };
  /** How far a later scoring of a run is; the first one, made with the run, has none. */
  scoringJob: {
    scoringId: Fixed<ScoringId>;
    runId: Fixed<RunId>;
    status: string;
    reason: string;
    /** The process that scores, and until when it holds the job. */
    owner: string | null;
    leaseUntil: number | null;
    stopAsked: number;
    total: number;
    done: number;
    costUsd: number | null;
    startedAt: Fixed<Instant>;
    endedAt: Instant | null;
  };
  judgement: {
    scoringId: Fixed<ScoringId>;
    resultId: Fixed<ResultId>;
    outcome: Fixed<string>;
    value: Fixed<number | null>;
    scores: Fixed<Json>;
    /** Read from `scores`: the answer that the first scorer read. */
    answer: GeneratedAlways<string | null>;
    /** Of the model calls that judging took; null where a price is missing. */
    costUsd: Fixed<number | null>;
    /** Why a scorer could not judge, with the outcome `error`. */
    errorCode: Fixed<string | null>;
  };
  /** A person's word on an output, by which a judge is calibrated; `passed` is null where they passed it over. */
  judgeLabel: {
    id: Generated<number>;
    projectId: Fixed<ProjectId>;
    judge: Fixed<string>;
    resultId: Fixed<ResultId>;
    passed: Fixed<Flag | null>;
    note: Fixed<string>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  scorerFile: { name: Fixed<string>; hash: Fixed<string>; source: Fixed<string>; createdAt: Fixed<Instant> };
  responseCache: { key: Fixed<string>; response: Fixed<Json>; createdAt: Fixed<Instant> };
  review: {
    id: Generated<number>;
    resultId: Fixed<ResultId>;
    category: Fixed<string>;
    note: Fixed<string>;
    verdict: Fixed<string | null>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    /** The change of categories that wrote it; null where a person reviewed this result. */
    changeId: Generated<number | null>;
  };
  categoryChange: {
    id: Generated<CategoryChangeId>;
    projectId: Fixed<ProjectId>;
    content: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    undoneBy: string | null;
    undoneAt: Instant | null;
  };
  /** What a trained classifier reaches on a set version, by a method of training. */
  trainedBaseline: {
    id: Generated<number>;
    evalSetVersionId: Fixed<EvalSetVersionId>;
    method: Fixed<string>;
    library: Fixed<string>;
    folds: Fixed<number>;
    seed: Fixed<string>;
    labelsUsed: Fixed<number>;
    predictions: Fixed<Json>;
    holdoutPredictions: Fixed<Json>;
    trainingMs: Fixed<number>;
    createdAt: Fixed<Instant>;
  };
  /** A person's word on the label of a case as it is from then on; `before` where it was another. */
  labelDecision: {
    id: Generated<number>;
    caseId: Fixed<CaseId>;
    before: Fixed<Json | null>;
    note: Fixed<string>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  /** What people say of a run, of a result (then both are named), or of a case in whatever version of its set. */
  comment: {
    id: Generated<CommentId>;
    projectId: Fixed<ProjectId>;
    runId: Fixed<RunId | null>;
    resultId: Fixed<ResultId | null>;
    evalSetId: Fixed<EvalSetId | null>;
    caseKey: Fixed<string | null>;
    scopeId: Fixed<ScopeId | null>;
    text: string;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
    editedAt: Instant | null;
    resolvedBy: string | null;
    resolvedAt: Instant | null;
  };
  connection: { slug: string; name: string; baseUrl: string; keyVariable: string | null; createdAt: Fixed<Instant> };
  /** A person's own price of a model, or share of it that a connection asks in batches; without a value it was taken back. */
  priceChange: {
    id: Generated<number>;
    kind: Fixed<string>;
    subject: Fixed<string>;
    value: Fixed<Json | null>;
    asOf: Fixed<string>;
    source: Fixed<string>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  connectionLimit: { slug: string; requestsPerMinute: number | null; tokensPerMinute: number | null };
};
