import type { CompletionFailure, FinishReason, TokenUsage } from './completion.ts';
import type { CaseId, ResultId, RunId } from './ids.ts';
import type { NamedScore, Outcome, ScoringFailure } from './scorer.ts';
import type { ToolCall } from './tool-call.ts';

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
  /** Left out where it asked for none. */
  toolCalls?: readonly ToolCall[];
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

/** How a scoring judged one result: an `error` where a scorer could not judge, which is neither a pass nor a fail. */
export type Judgement = { outcome: Outcome | 'error'; value: number | null; scores: readonly NamedScore[] };

/** What the model calls of a judgement cost; null where a price is missing. */
export function judgingCost({ scores }: Judgement): number | null {
  const costs = scores.flatMap(({ costUsd }) => (costUsd === undefined ? [] : [costUsd]));
  return costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

/** Why a scorer could not judge a result; null where each could, or the outcome does not hang on it. */
export function judgingFailure(judgement: Judgement | null): { code: ScoringFailure; message: string } | null {
  if (judgement?.outcome !== 'error') return null;
  const score = judgement.scores.find(({ failure }) => failure !== undefined);
  return score?.failure === undefined ? null : { code: score.failure, message: score.explanation };
}
