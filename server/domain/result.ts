import type { CompletionFailure, FinishReason, TokenUsage } from './completion.ts';
import type { CaseId, ResultId, RunId } from './ids.ts';
import type { NamedScore, Outcome } from './scorer.ts';

/** One item of a run's plan. */
export type PlanItem = { caseId: CaseId; repeat: number };

export type Reply = {
  output: string;
  finishReason: FinishReason;
  usage: TokenUsage;
  costUsd: number | null;
  fromCache: boolean;
  servedModel: string | null;
  /** See `Completion`. */
  confidence: number | null;
  notes: readonly string[];
};

/** One attempt at one case and repeat of a run. Append-only: a retry adds an attempt, and the last one counts. */
export type Result = PlanItem & {
  id: ResultId;
  runId: RunId;
  attempt: number;
  latencyMs: number;
  /** Calls it took, retries included; 0 from the cache. */
  calls: number;
  createdAt: string;
} & ({ type: 'reply'; reply: Reply } | { type: 'error'; failure: CompletionFailure });

/** How a scoring judged one result. */
export type Judgement = { outcome: Outcome; value: number | null; scores: readonly NamedScore[] };
