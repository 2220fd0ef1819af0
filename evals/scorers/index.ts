import { missing } from '../../server/domain/errors.ts';
import type { Scorer } from '../../server/domain/scorer.ts';
import { answerRelevance } from './answer-relevance.ts';
import { closedQa } from './closed-qa.ts';
import { contains } from './contains.ts';
import { contextPrecision } from './context-precision.ts';
import { contextRecall } from './context-recall.ts';
import { exact } from './exact.ts';
import { factuality } from './factuality.ts';
import { faithfulness } from './faithfulness.ts';
import { jsonEqual } from './json-equal.ts';
import { jsonSchema } from './json-schema.ts';
import { judge } from './judge.ts';
import { label } from './label.ts';
import { number } from './number.ts';
import { preference } from './preference.ts';
import { regex } from './regex.ts';
import { rubric } from './rubric.ts';
import { similarity } from './similarity.ts';

/** Every scorer by its name: a new one is a file here and a name in this list. */
export const scorers: Readonly<Record<string, Scorer>> = Object.fromEntries(
  [
    label,
    exact,
    contains,
    regex,
    jsonSchema,
    jsonEqual,
    number,
    rubric,
    factuality,
    closedQa,
    preference,
    judge,
    faithfulness,
    answerRelevance,
    contextPrecision,
    contextRecall,
    similarity,
  ].map((scorer) => [scorer.name, scorer]),
);

/** Throws `scorer_missing`. */
export function findScorer(name: string): Scorer {
  const scorer = Object.hasOwn(scorers, name) ? scorers[name] : undefined;
  if (scorer) return scorer;
  const names = Object.keys(scorers);
  throw missing('scorer_missing', `There is no scorer "${name}". There are: ${names.join(', ')}.`, {
    details: { name, names },
  });
}
