import { scorersOfCase } from './case-scorers.ts';
import { errorMessage, invalid } from './errors.ts';
import type { Judgement } from './result.ts';
import {
  type NamedScore,
  type Score,
  type ScoredOutput,
  type Scorer,
  type ScorerSpec,
  type ScorerTools,
  ScoringError,
} from './scorer.ts';
import { readMetric } from './scorer-spec.ts';

/** Lets 0.1 + 0.2 reach 0.3. */
const ROUNDING = 1e-9;

type Prepared = (scored: ScoredOutput, signal: AbortSignal) => Score | Promise<Score>;

/**
 * Reads the scorers' arguments once; what it returns judges one output after another.
 *
 * Without a threshold an output passes when each scorer passes. With one, the weighted mean of the scores' values must reach it, a score without an answer
 * counting 0. An output that did not pass has the outcome `no_answer` when a scorer that did not pass found none. Negation turns `passed` and
 * `value` round; no answer stays no answer and no pass.
 *
 * A scorer that could not judge, because it has a bug or its judge model gave no verdict, says nothing of the model's answer: the outcome is then an
 * `error`, unless each scorer must pass and another one failed the output already.
 *
 * `own` are scorers of a case, which judge it as `scorersOfCase` says.
 *
 * Throws `scorers_missing`, `scorer_missing`, `scorer_argument_invalid`, `scorer_spec_invalid`, `scorer_metric_invalid` and `scorer_metric_taken`.
 */
export function prepareScorers(
  specs: readonly ScorerSpec[],
  tools: ScorerTools,
  threshold: number | null,
  own: readonly string[] = [],
): (scored: ScoredOutput, signal: AbortSignal) => Promise<Judgement> {
  if (specs.length === 0) throw invalid('scorers_missing', 'A run needs at least one scorer. Name one, such as label.');
  refuseEqualMetrics(specs);
  const prepared = scorersOfCase(specs, own).map((applied) => ({
    ...applied,
    score: prepareScorer(tools.scorer(applied.spec.name), applied.spec.args, tools),
  }));
  const weights = prepared.map(({ spec }) => spec.weight);
  return async (scored, signal) => {
    const scores = await Promise.all(
      prepared.map(async ({ spec, goesBy: scorer, own, score }): Promise<NamedScore> => {
        const given = await scoreSafely(score, scored, signal);
        return { ...(spec.negate ? negated(given) : given), scorer, ...(own !== undefined && { own }) };
      }),
    );
    const value = weightedMean(scores, weights);
    return { outcome: outcomeOf(scores, value, threshold), value, scores };
  };
}

/** Two scorers of one name could not be told apart in any table. */
function refuseEqualMetrics(specs: readonly ScorerSpec[]): void {
  const names = specs.flatMap(({ metric }) => (metric === undefined ? [] : [readMetric(metric)]));
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice === undefined) return;
  throw invalid('scorer_metric_taken', `Two scorers have the name "${twice}". Give each a name of its own.`, {
    details: { metric: twice },
  });
}

export const prepareScorer = (scorer: Scorer, args: string, tools: ScorerTools): Prepared =>
  scorer.needs === undefined ? scorer.prepare(args) : scorer.prepare(args, tools);

/** A score that says why there is none. What ends the judging, such as the end of the run, is thrown on. */
export async function scoreSafely(score: Prepared, scored: ScoredOutput, signal: AbortSignal): Promise<Score> {
  try {
    return await score(scored, signal);
  } catch (error) {
    signal.throwIfAborted();
    const none = { value: null, passed: false, answer: null };
    if (error instanceof ScoringError) {
      const { message: explanation, code: failure, costUsd } = error;
      return { ...none, explanation, failure, ...(costUsd !== undefined && { costUsd }) };
    }
    const reason = errorMessage(error);
    return { ...none, explanation: `The scorer itself failed: ${reason}`, failure: 'scorer_failed' };
  }
}

/** The other way round; what could not be judged, or has no answer, stays so. */
export function negated(score: Score): Score {
  if (score.value === null) return score;
  return { ...score, value: 1 - score.value, passed: !score.passed };
}

/** Null where no scorer found an answer. */
function weightedMean(scores: readonly Score[], weights: readonly number[]): number | null {
  if (scores.every((score) => score.value === null)) return null;
  const sum = scores.reduce((total, score, index) => total + (score.value ?? 0) * (weights[index] ?? 0), 0);
  return sum / weights.reduce((total, weight) => total + weight, 0);
}

function outcomeOf(scores: readonly Score[], value: number | null, threshold: number | null): Judgement['outcome'] {
  const isUnjudged = scores.some(({ failure }) => failure !== undefined);
  if (threshold !== null) {
    if (isUnjudged) return 'error';
    if (value !== null && value >= threshold - ROUNDING) return 'passed';
  } else {
    const judged = scores.filter(({ failure }) => failure === undefined);
    if (isUnjudged && judged.every(({ passed }) => passed)) return 'error';
    if (judged.every(({ passed }) => passed)) return 'passed';
  }
  return scores.some((score) => !score.passed && score.value === null && score.failure === undefined)
    ? 'no_answer'
    : 'failed';
}
