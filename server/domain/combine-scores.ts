import { invalid } from './errors.ts';
import type { Judgement } from './result.ts';
import type { NamedScore, Outcome, Score, ScoredOutput, Scorer, ScorerSpec } from './scorer.ts';
import { formatScorerSpec } from './scorer-spec.ts';

/** Lets 0.1 + 0.2 reach 0.3. */
const ROUNDING = 1e-9;

/**
 * Reads the scorers' arguments once; what it returns judges one output after another.
 *
 * Without a threshold an output passes when each scorer passes. With one, the weighted mean of the scores' values must reach it, a score without an answer
 * counting 0. An output that did not pass has the outcome `no_answer` when a scorer that did not pass found none. Negation turns `passed` and
 * `value` round; no answer stays no answer and no pass.
 *
 * A scorer that throws has a bug, which is not the model's wrong answer: its score says what it threw, has no value and is never a pass.
 *
 * Throws `scorers_missing`, `scorer_missing` and `scorer_argument_invalid`.
 */
export function prepareScorers(
  specs: readonly ScorerSpec[],
  find: (name: string) => Scorer,
  threshold: number | null,
): (scored: ScoredOutput) => Judgement {
  if (specs.length === 0) throw invalid('scorers_missing', 'A run needs at least one scorer. Name one, such as label.');
  const prepared = specs.map((spec) => ({
    spec,
    scorer: formatScorerSpec(spec),
    score: find(spec.name).prepare(spec.args),
  }));
  const weights = specs.map((spec) => spec.weight);
  return (scored) => {
    const scores = prepared.map(({ spec, scorer, score }): NamedScore => {
      const given = scoreSafely(score, scored);
      return { ...(spec.negate ? negated(given) : given), scorer };
    });
    const value = weightedMean(scores, weights);
    const passed =
      threshold === null ? scores.every((score) => score.passed) : value !== null && value >= threshold - ROUNDING;
    return { outcome: passed ? 'passed' : failureOf(scores), value, scores };
  };
}

function scoreSafely(score: (scored: ScoredOutput) => Score, scored: ScoredOutput): Score {
  try {
    return score(scored);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { value: null, passed: false, answer: null, explanation: `The scorer itself failed: ${reason}` };
  }
}

function negated(score: Score): Score {
  if (score.value === null) return score;
  return { ...score, value: 1 - score.value, passed: !score.passed };
}

/** Null where no scorer found an answer. */
function weightedMean(scores: readonly Score[], weights: readonly number[]): number | null {
  if (scores.every((score) => score.value === null)) return null;
  const sum = scores.reduce((total, score, index) => total + (score.value ?? 0) * (weights[index] ?? 0), 0);
  return sum / weights.reduce((total, weight) => total + weight, 0);
}

const failureOf = (scores: readonly Score[]): Outcome =>
  scores.some((score) => !score.passed && score.value === null) ? 'no_answer' : 'failed';
