import type { Selectable } from 'kysely';
import type { FailureCode, FinishReason } from '../domain/completion.ts';
import type { EvalCase } from '../domain/evaluation-set.ts';
import type { RunId } from '../domain/ids.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { type Judgement, judgingCost, judgingFailure, type Result } from '../domain/result.ts';
import type { NamedScore } from '../domain/scorer.ts';
import type { Split } from '../domain/split.ts';
import type { ToolCall } from '../domain/tool-call.ts';
import { fromJson, toJson } from './json-column.ts';
import type { Tables } from './schema.ts';

/** A finished item: what came back, how it was judged (nothing where it is an error) and, where a model answered, the reply to keep in the cache. */
export type FinishedItem = {
  /** 1 for the first; a higher one supersedes the one before it. */
  attempt: number;
  result: Pick<Result, 'caseId' | 'repeat' | 'latencyMs' | 'calls'> &
    ({ type: 'reply'; reply: ReplyOf } | { type: 'error'; failure: FailureOf });
  judgement: Judgement | null;
  cache: { key: string; response: string } | null;
};
type ReplyOf = Extract<Result, { type: 'reply' }>['reply'];
type FailureOf = Extract<Result, { type: 'error' }>['failure'];

/** A result with its case and its judgement by the run's newest scoring. */
export type JudgedResult = {
  result: Result;
  case: Pick<EvalCase, 'key' | 'variables' | 'expected' | 'tags' | 'split' | 'scorers'>;
  judgement: Judgement | null;
};
/** The columns of a finished item. */
export function rowOf(run: RunId, result: FinishedItem['result'], attempt: number, createdAt: string) {
  const reply = result.type === 'reply' ? result.reply : null;
  const failure = result.type === 'error' ? result.failure : null;
  return {
    runId: run,
    caseId: result.caseId,
    repeat: result.repeat,
    attempt,
    last: 1,
    output: reply?.output ?? null,
    finishReason: reply?.finishReason ?? null,
    inputTokens: reply?.usage.inputTokens ?? 0,
    outputTokens: reply?.usage.outputTokens ?? 0,
    cachedInputTokens: reply?.usage.cachedInputTokens ?? 0,
    costUsd: reply?.costUsd ?? null,
    latencyMs: result.latencyMs,
    calls: result.calls,
    fromCache: reply?.fromCache ? 1 : 0,
    servedModel: reply?.servedModel ?? null,
    confidence: reply?.confidence ?? null,
    notes: toJson(reply?.notes ?? []),
    toolCalls: reply?.toolCalls === undefined ? null : toJson(reply.toolCalls),
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? null,
    createdAt,
  };
}

type ResultRow = Selectable<Tables['result']>;

export function resultOf(row: ResultRow): Result {
  const about = {
    id: row.id,
    runId: row.runId,
    caseId: row.caseId,
    repeat: row.repeat,
    attempt: row.attempt,
    latencyMs: row.latencyMs,
    calls: row.calls,
    createdAt: row.createdAt,
  };
  if (row.errorCode !== null) {
    return {
      ...about,
      type: 'error',
      failure: { code: row.errorCode as FailureCode, message: row.errorMessage ?? '' },
    };
  }
  return {
    ...about,
    type: 'reply',
    reply: {
      output: row.output ?? '',
      finishReason: (row.finishReason ?? 'other') as FinishReason,
      usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens, cachedInputTokens: row.cachedInputTokens },
      costUsd: row.costUsd,
      fromCache: row.fromCache === 1,
      servedModel: row.servedModel,
      confidence: row.confidence,
      notes: fromJson<string[]>(row.notes),
      ...(row.toolCalls !== null && { toolCalls: fromJson<ToolCall[]>(row.toolCalls) }),
    },
  };
}

type JudgedRow = ResultRow & {
  key: string;
  variables: string;
  expected: string;
  tags: string;
  split: string;
  caseScorers: string | null;
  outcome: string | null;
  value: number | null;
  scores: string | null;
};

export const judgedOf = (row: JudgedRow): JudgedResult => ({
  result: resultOf(row),
  case: {
    key: row.key,
    variables: fromJson<JsonObject>(row.variables),
    expected: fromJson<JsonValue>(row.expected),
    tags: fromJson<string[]>(row.tags),
    split: row.split as Split,
    ...(row.caseScorers !== null && { scorers: fromJson<string[]>(row.caseScorers) }),
  },
  judgement:
    row.outcome === null
      ? null
      : {
          outcome: row.outcome as Judgement['outcome'],
          value: row.value,
          scores: fromJson<NamedScore[]>(row.scores ?? '[]'),
        },
});

/** The columns of a judgement. */
export const judgementRow = (judgement: Judgement) => ({
  outcome: judgement.outcome,
  value: judgement.value,
  scores: toJson(judgement.scores),
  costUsd: judgingCost(judgement),
  errorCode: judgingFailure(judgement)?.code ?? null,
});
