import { negated, prepareScorer, scoreSafely } from '../../../server/domain/combine-scores.ts';
import { contentHash } from '../../../server/domain/content-hash.ts';
import { invalid } from '../../../server/domain/errors.ts';
import { parseJson } from '../../../server/domain/json.ts';
import type { Score, ScoredOutput, ScorerTools } from '../../../server/domain/scorer.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { sumOfCosts } from './costs.ts';

type Part = { scorer: string; score: Score };

/**
 * Reads a composition's argument, a JSON list of scorers as they are typed, and gives what judges an output by each. Throws `scorer_argument_invalid`, and what is wrong
 * with a part.
 */
export function prepareParts(name: string, args: string, tools: ScorerTools) {
  const parts = readParts(name, args).map((text) => {
    const spec = parseScorerSpec(text);
    return { text, negate: spec.negate, score: prepareScorer(tools.scorer(spec.name), spec.args, tools) };
  });
  return (scored: ScoredOutput, signal: AbortSignal): Promise<Part[]> =>
    Promise.all(
      parts.map(async ({ text, negate, score }) => {
        const given = await scoreSafely(score, scored, signal);
        return { scorer: text, score: negate ? negated(given) : given };
      }),
    );
}

/**
 * What judging by several cost, null where a price is missing, and which judge they are together: another one where any of theirs is. Both left out where no model
 * was asked.
 */
export function askedOfParts(parts: readonly Part[]): Pick<Score, 'costUsd' | 'judge'> {
  const costUsd = sumOfCosts(parts.map(({ score }) => score.costUsd));
  if (costUsd === undefined) return {};
  const judges = parts.map(({ scorer, score }) => [scorer, score.judge ?? null]);
  return { costUsd, judge: contentHash(judges).slice(0, 16) };
}

/** The sentences of the parts that decided. */
export const because = (parts: readonly Part[]): string =>
  parts
    .slice(0, 3)
    .map(({ scorer, score }) => `${scorer.slice(0, 60)}: ${score.explanation.slice(0, 90)}`)
    .join(' ');

/** Throws `scorer_argument_invalid`. */
export function readParts(name: string, args: string): string[] {
  const parsed = parseJson(args);
  if (isStringList(parsed) && parsed.length > 0) return parsed;
  throw invalid(
    'scorer_argument_invalid',
    `The scorer ${name} needs a JSON list of scorers, such as ${name}:["label","contains:refund"].`,
  );
}

const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
