import { missing } from '../../server/domain/errors.ts';
import { type Scorer, type ScorerGroup, scorerGroups } from '../../server/domain/scorer.ts';
import { allOf } from './all-of.ts';
import { answerRelevance } from './answer-relevance.ts';
import { anyOf } from './any-of.ts';
import { closedQa } from './closed-qa.ts';
import { contains } from './contains.ts';
import { containsAll } from './contains-all.ts';
import { containsAny } from './contains-any.ts';
import { contextPrecision } from './context-precision.ts';
import { contextRecall } from './context-recall.ts';
import { cost } from './cost.ts';
import { editDistance } from './edit-distance.ts';
import { endsWith } from './ends-with.ts';
import { exact } from './exact.ts';
import { factuality } from './factuality.ts';
import { faithfulness } from './faithfulness.ts';
import { fieldF1 } from './field-f1.ts';
import { finishReason } from './finish-reason.ts';
import { javascript } from './javascript.ts';
import { jsonEqual } from './json-equal.ts';
import { jsonSchema } from './json-schema.ts';
import { jsonValid } from './json-valid.ts';
import { judge } from './judge.ts';
import { label } from './label.ts';
import { latency } from './latency.ts';
import { length } from './length.ts';
import { number } from './number.ts';
import { preference } from './preference.ts';
import { refusal } from './refusal.ts';
import { regex } from './regex.ts';
import { rougeL } from './rouge-l.ts';
import { rubric } from './rubric.ts';
import { script } from './script.ts';
import { similarity } from './similarity.ts';
import { startsWith } from './starts-with.ts';
import { tokenF1 } from './token-f1.ts';
import { tokens } from './tokens.ts';
import { toolCall } from './tool-call.ts';
import { wordCount } from './word-count.ts';

/** Every scorer, by what it looks at: a new one is a file here and a name in one of these lists. */
const byGroup = {
  text: [
    label,
    exact,
    contains,
    containsAll,
    containsAny,
    startsWith,
    endsWith,
    regex,
    editDistance,
    rougeL,
    tokenF1,
    number,
    refusal,
  ],
  structure: [jsonValid, jsonSchema, jsonEqual, fieldF1, toolCall],
  limits: [length, wordCount, tokens, latency, cost, finishReason],
  similarity: [similarity],
  model_graded: [rubric, factuality, closedQa, preference, judge],
  retrieval: [faithfulness, answerRelevance, contextPrecision, contextRecall],
  code: [javascript, script],
  composition: [allOf, anyOf],
} satisfies Readonly<Record<ScorerGroup, readonly Scorer[]>>;

/** In the order of their groups. */
export const groupedScorers: readonly { group: ScorerGroup; scorer: Scorer }[] = scorerGroups.flatMap((group) =>
  byGroup[group].map((scorer) => ({ group, scorer })),
);

/** By name. */
export const scorers: Readonly<Record<string, Scorer>> = Object.fromEntries(
  groupedScorers.map(({ scorer }) => [scorer.name, scorer]),
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
