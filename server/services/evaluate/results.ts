import type { ResultId, RunId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Message } from '../../domain/prompt.ts';
import { judgingFailure } from '../../domain/result.ts';
import type { Review } from '../../domain/review.ts';
import type { NamedScore, Outcome } from '../../domain/scorer.ts';
import type { Split } from '../../domain/split.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { ToolCall } from '../../domain/tool-call.ts';
import type { ResultCriteria, ResultSearch } from '../../storage/find-results.ts';
import type { JudgedResult } from '../../storage/result-row.ts';
import type { Workbench } from '../workbench.ts';
import { renderCase } from './open-items.ts';

/** A result in one flat row: its case, what came back and how it was judged and reviewed. */
export type ResultRow = {
  id: ResultId;
  caseKey: string;
  split: Split;
  tags: readonly string[];
  repeat: number;
  attempt: number;
  variables: JsonObject;
  expected: JsonValue;
  outcome: Outcome | 'error';
  output: string | null;
  error: { code: string; message: string } | null;
  scores: readonly NamedScore[];
  confidence: number | null;
  finishReason: string | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  latencyMs: number;
  calls: number;
  fromCache: boolean;
  notes: readonly string[];
  /** Left out where the reply asked for no tools. */
  toolCalls?: readonly ToolCall[];
  review: Omit<Review, 'resultId'> | null;
};

export type ResultDetail = ResultRow & {
  run: RunId;
  messages: Message[];
  attempts: {
    id: number;
    attempt: number;
    createdAt: string;
    output: string | null;
    error: string | null;
    latencyMs: number;
  }[];
};

/** Results of a run, failures first, from after one of them or from a place in the list; `after` is null on the last page. */
export async function resultPage(
  { stores }: Workbench,
  run: RunId,
  { skip = 0, ...search }: ResultSearch & { skip?: number },
): Promise<{ results: ResultRow[]; after: ResultId | null }> {
  const from = skip === 0 ? search.after : await stores.results.at(run, search, skip);
  if (from === null) return { results: [], after: null };
  const judged = await stores.results.find(run, { ...search, after: from });
  const reviews = await stores.reviews.of(judged.map(({ result }) => result.id));
  const results = judged.map((item) => resultRow(item, reviews.get(item.result.id) ?? null));
  return { results, after: results.length === search.limit ? (results.at(-1)?.id ?? null) : null };
}

/** How many results of a run match, by outcome. */
export async function resultCounts(
  { stores }: Workbench,
  run: RunId,
  criteria: ResultCriteria,
): Promise<{ passed: number; failed: number; noAnswer: number; errors: number }> {
  const { passed, failed, no_answer: noAnswer, error: errors } = await stores.results.count(run, criteria);
  // As in a run's summary: what has no answer is a failure, and counted apart as well.
  return { passed, failed: failed + noAnswer, noAnswer, errors };
}

/** Throws `result_missing`. */
export async function resultDetail({ stores }: Workbench, id: ResultId): Promise<ResultDetail> {
  const judged = await stores.results.get(id);
  const { result } = judged;
  const run = await stores.runs.get(result.runId);
  const version = await stores.prompts.getVersion(run.promptVersionId);
  const rendered = renderCase(compilePrompt(version.content), judged.case.variables);
  const attempts = await stores.results.attempts(run.id, result);
  return {
    ...resultRow(judged, (await stores.reviews.of([id])).get(id) ?? null),
    run: run.id,
    messages: Array.isArray(rendered) ? rendered : [],
    attempts: attempts.map((attempt) => ({
      id: attempt.id,
      attempt: attempt.attempt,
      createdAt: attempt.createdAt,
      latencyMs: attempt.latencyMs,
      output: attempt.type === 'reply' ? attempt.reply.output : null,
      error: attempt.type === 'error' ? attempt.failure.message : null,
    })),
  };
}

export function resultRow({ result, case: item, judgement }: JudgedResult, review: Review | null): ResultRow {
  const reply = result.type === 'reply' ? result.reply : null;
  return {
    id: result.id,
    caseKey: item.key,
    split: item.split,
    tags: item.tags,
    repeat: result.repeat,
    attempt: result.attempt,
    variables: item.variables,
    expected: item.expected,
    outcome: judgement?.outcome ?? 'error',
    output: reply?.output ?? null,
    error: result.type === 'error' ? result.failure : judgingFailure(judgement),
    scores: judgement?.scores ?? [],
    confidence: reply?.confidence ?? null,
    finishReason: reply?.finishReason ?? null,
    inputTokens: reply?.usage.inputTokens ?? 0,
    outputTokens: reply?.usage.outputTokens ?? 0,
    costUsd: reply?.costUsd ?? null,
    latencyMs: result.latencyMs,
    calls: result.calls,
    fromCache: reply?.fromCache ?? false,
    notes: reply?.notes ?? [],
    ...(reply?.toolCalls !== undefined && { toolCalls: reply.toolCalls }),
    review: review && {
      category: review.category,
      note: review.note,
      verdict: review.verdict,
      author: review.author,
      createdAt: review.createdAt,
    },
  };
}
