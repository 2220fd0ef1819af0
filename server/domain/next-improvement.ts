import { categoryInterval } from './category-interval.ts';
import type { FinishReason } from './completion.ts';
import type { InputLanguage } from './input-language.ts';
import type { ResponseFormat } from './prompt.ts';
import type { Interval } from './statistics/interval.ts';
import { fewestFlipsForSignificance, mcnemarExact } from './statistics/mcnemar-test.ts';
import { wilsonInterval } from './statistics/wilson-interval.ts';

/** What can be read off one failure. */
export type FailureSign = {
  outcome: 'failed' | 'no_answer';
  finishReason: FinishReason | null;
  /** Null where what is expected is no label. */
  expected: string | null;
  answer: string | null;
  /** Names of the scorers that failed it. */
  failedBy: readonly string[];
  language: InputLanguage;
  inputTokens: number;
};

export type ImprovementFacts = {
  /** Cases of each category, most first; without those that nobody sorted. */
  categories: readonly { category: string; cases: number }[];
  unsorted: number;
  /** Cases that were judged. */
  n: number;
  /** Failures of the largest category, of all where there is none; some of them where there are many. */
  signs: readonly FailureSign[];
  /** How many cases of each language were judged and failed, for whatever reason. */
  languages: readonly { language: InputLanguage; judged: number; failed: number }[];
  /** Of answers that passed; null where none did. */
  passedInputTokens: number | null;
  prompt: { format: ResponseFormat['type']; examples: number; maxTokens: number | null };
  /** Results without a usable reply, most frequent reason first. */
  errors: readonly { code: string; count: number }[];
  total: number;
};

/** A sentence that the page says: its code and what to fill in. */
type Saying = { code: string; values: Record<string, string | number> };

export type Improvement = {
  /** Null where nothing is sorted yet: then it is about all failures. */
  category: string | null;
  cases: number;
  n: number;
  interval: Interval;
  /** What to do, the best supported first, each with what speaks for it. */
  steps: Saying[];
  /** What keeps one from being sure of it. */
  doubts: Saying[];
};

/** A sign counts where half of the failures show it. */
const HALF = 0.5;
/** Inputs so much longer than those that passed stand out. */
const LONGER = 1.5;
const MOST_STEPS = 3;
/** More errors than this share of the results are a reason of their own. */
const MANY_ERRORS = 0.02;

/** What to try next, from what failed most often. It says only what the failures show; null where nothing failed. */
export function nextImprovement(facts: ImprovementFacts): Improvement | null {
  const [largest] = facts.categories;
  const cases = largest?.cases ?? facts.unsorted;
  if (cases === 0 || facts.signs.length === 0) return null;
  const steps = signals
    .flatMap((signal) => signal(facts) ?? [])
    .sort((a, b) => b.support - a.support)
    .map(({ code, values }) => ({ code, values }));
  const found = steps.length > 0 ? steps.slice(0, MOST_STEPS) : [examplesOrRule(facts)];
  return {
    category: largest?.category ?? null,
    cases,
    n: facts.n,
    interval: categoryInterval({ cases, unsorted: largest === undefined ? 0 : facts.unsorted, n: facts.n }),
    steps: found,
    doubts: doubtsOf(facts, cases),
  };
}

function doubtsOf(
  { categories: [largest, second], unsorted, errors, total }: ImprovementFacts,
  cases: number,
): Saying[] {
  const doubts: Saying[] = [];
  const doubt = (code: string, values: Saying['values']) => doubts.push({ code, values });
  if (largest === undefined) doubt('nothing_sorted', { unsorted });
  // As many unsorted ones as lie between the two could turn their order round.
  else if (unsorted > largest.cases - (second?.cases ?? 0)) doubt('much_unsorted', { unsorted });
  else if (second !== undefined && mcnemarExact(second.cases, largest.cases) >= 0.05) {
    doubt('may_not_be_largest', { first: largest.cases, second: second.cases, other: second.category });
  }
  // A change that mends each of them and breaks nothing is shown from six on.
  if (cases < fewestFlipsForSignificance) doubt('not_enough_cases', { cases, fewest: fewestFlipsForSignificance });
  const failed = errors.reduce((sum, { count }) => sum + count, 0);
  const [commonest] = errors;
  if (commonest !== undefined && failed > total * MANY_ERRORS) {
    doubt('many_errors', { errors: failed, total, reason: commonest.code });
  }
  return doubts;
}

type Signal = (facts: ImprovementFacts) => (Saying & { support: number }) | null;

/** Where at least half of the failures show something. */
function shared(
  { signs }: ImprovementFacts,
  shows: (sign: FailureSign) => boolean,
  code: string,
  values: Saying['values'] = {},
): ReturnType<Signal> {
  const count = signs.filter(shows).length;
  const support = count / signs.length;
  return support < HALF ? null : { code, values: { count, of: signs.length, ...values }, support };
}

const failedBy = (sign: FailureSign, scorers: readonly string[]): boolean =>
  sign.failedBy.some((name) => scorers.includes(name));
const byScorers =
  (code: string, scorers: readonly string[]): Signal =>
  (facts) =>
    shared(facts, (sign) => failedBy(sign, scorers), code);

const signals: readonly Signal[] = [
  cutOff,
  (facts) =>
    shared(
      facts,
      ({ outcome, finishReason }) => outcome === 'no_answer' && finishReason !== 'length',
      facts.prompt.format === 'text' ? 'no_answer_free' : 'no_answer_bound',
    ),
  (facts) =>
    shared(
      facts,
      (sign) => failedBy(sign, ['json-valid', 'json-schema']),
      facts.prompt.format === 'json' ? 'bad_json_bound' : 'bad_json_free',
    ),
  confused,
  byScorers('not_grounded', ['faithfulness', 'factuality', 'closed-qa']),
  byScorers('retrieval', ['context-recall', 'context-precision']),
  byScorers('off_topic', ['answer-relevance']),
  byScorers('tool_call', ['tool-call']),
  byScorers('limits', ['length', 'word-count', 'tokens', 'latency', 'cost']),
  byScorers('fields', ['field-f1', 'json-equal']),
  ofOneLanguage,
  ofLongInputs,
];

function cutOff(facts: ImprovementFacts): ReturnType<Signal> {
  const { maxTokens } = facts.prompt;
  const [code, values] =
    maxTokens === null ? (['cut_off', {}] as const) : (['cut_off_by_prompt', { maxTokens }] as const);
  return shared(facts, ({ finishReason }) => finishReason === 'length', code, values);
}

function confused(facts: ImprovementFacts): ReturnType<Signal> {
  const pairs = new Map<string, { expected: string; answer: string; count: number }>();
  for (const { outcome, expected, answer } of facts.signs) {
    if (outcome !== 'failed' || expected === null || answer === null || expected === answer) continue;
    const key = JSON.stringify([expected, answer]);
    const pair = pairs.get(key) ?? { expected, answer, count: 0 };
    pairs.set(key, { ...pair, count: pair.count + 1 });
  }
  const [most] = [...pairs].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  if (most === undefined) return null;
  const { expected, answer, count } = most[1];
  const support = count / facts.signs.length;
  if (support < HALF || count < 2) return null;
  const code = facts.prompt.examples === 0 ? 'confusion_examples' : 'confusion_border';
  return { code, values: { expected, answer, count, of: facts.signs.length }, support };
}

/** Most of these are in a language that fails clearly more often than the others. */
function ofOneLanguage(facts: ImprovementFacts): ReturnType<Signal> {
  for (const { language, judged, failed } of facts.languages) {
    const others = facts.languages.filter((other) => other.language !== language);
    const otherJudged = others.reduce((sum, other) => sum + other.judged, 0);
    const otherFailed = others.reduce((sum, other) => sum + other.failed, 0);
    if (judged === 0 || otherJudged === 0) continue;
    if (wilsonInterval(failed, judged)[0] <= wilsonInterval(otherFailed, otherJudged)[1]) continue;
    const found = shared(facts, (sign) => sign.language === language, `${language}_inputs`, {
      rate: failed / judged,
      otherRate: otherFailed / otherJudged,
    });
    if (found !== null) return found;
  }
  return null;
}

function ofLongInputs(facts: ImprovementFacts): ReturnType<Signal> {
  const { passedInputTokens: usual } = facts;
  if (usual === null || usual === 0 || facts.signs.length < fewestFlipsForSignificance) return null;
  return shared(facts, ({ inputTokens }) => inputTokens > usual * LONGER, 'long_inputs', { usual: Math.round(usual) });
}

/** Nothing that can be read off the failures joins them: what a person saw in them has to be said to the model. */
const examplesOrRule = ({ prompt, signs }: ImprovementFacts): Saying => ({
  code: prompt.examples === 0 ? 'add_examples' : 'write_rule',
  values: { of: signs.length },
});
