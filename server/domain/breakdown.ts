import { type Confusion, ConfusionTally } from './confusion.ts';
import { type InputLanguage, inputLanguages } from './input-language.ts';
import { type CaseCounts, rateSummary } from './rate-summary.ts';
import type { RateSummary } from './run.ts';
import type { Outcome } from './scorer.ts';
import type { Split } from './split.ts';
import { type Distribution, distribution } from './statistics/distribution.ts';

/** What a breakdown takes of one result. */
export type Measured = {
  caseId: number;
  split: Split;
  label: string | null;
  tags: readonly string[];
  language: InputLanguage;
  outcome: Outcome | 'error';
  answer: string | null;
  error: { code: string; message: string } | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  latencyMs: number;
  fromCache: boolean;
};
export type Group<Key extends string = string> = RateSummary & { key: Key };
export type Breakdown = {
  /** Most cases first; a case counts in each of its tags. */
  byTag: Group[];
  byLabel: Group[];
  byLanguage: Group<InputLanguage>[];
  bySplit: Group<Split>[];
  /** How many more tags and labels there are, which few cases have. */
  moreTags: number;
  moreLabels: number;
  confusion: Confusion | null;
  /** Most frequent first, each with the message of one. */
  errors: { code: string; count: number; message: string }[];
  /** Tokens of all replies; cost and latency of those that were not from the cache. */
  inputTokens: Distribution | null;
  outputTokens: Distribution | null;
  costUsd: Distribution | null;
  latencyMs: Distribution | null;
};

const MOST_GROUPS = 40;

/** Counts a run's results by what their cases have in common. The results of a case must come one after the other. */
export class BreakdownTally {
  readonly #cases: Record<'tag' | 'label' | 'language' | 'split', Map<string, CaseCounts[]>> = {
    tag: new Map(),
    label: new Map(),
    language: new Map(),
    split: new Map(),
  };
  readonly #confusion = new ConfusionTally();
  readonly #errors = new Map<string, { count: number; message: string }>();
  readonly #values = {
    inputTokens: new Values(),
    outputTokens: new Values(),
    costUsd: new Values(),
    latencyMs: new Values(),
  };
  #current: { id: number; counts: CaseCounts } | null = null;

  add(result: Measured): void {
    if (this.#current?.id !== result.caseId) this.#current = { id: result.caseId, counts: this.#countsOf(result) };
    const { counts } = this.#current;
    if (result.outcome === 'error') counts.errors += 1;
    else if (result.outcome === 'passed') counts.passed += 1;
    else counts.failed += 1;
    if (result.outcome === 'no_answer') counts.noAnswer += 1;
    if (result.label !== null) this.#confusion.add(result.label, result.outcome, result.answer);
    this.#measure(result);
  }

  breakdown(): Breakdown {
    const [tags, labels] = [groupsOf(this.#cases.tag), groupsOf(this.#cases.label)];
    const { inputTokens, outputTokens, costUsd, latencyMs } = this.#values;
    return {
      byTag: tags.slice(0, MOST_GROUPS),
      byLabel: labels.slice(0, MOST_GROUPS),
      byLanguage: inOrder(inputLanguages, this.#cases.language),
      bySplit: inOrder(['dev', 'holdout'], this.#cases.split),
      moreTags: Math.max(0, tags.length - MOST_GROUPS),
      moreLabels: Math.max(0, labels.length - MOST_GROUPS),
      confusion: this.#confusion.matrix(),
      errors: [...this.#errors].map(([code, error]) => ({ code, ...error })).sort((a, b) => b.count - a.count),
      inputTokens: distribution(inputTokens.all(), { whole: true }),
      outputTokens: distribution(outputTokens.all(), { whole: true }),
      costUsd: distribution(costUsd.all(), { whole: false }),
      latencyMs: distribution(latencyMs.all(), { whole: false }),
    };
  }

  /** The counts of a case, which are those of each group that it is in. */
  #countsOf({ tags, label, language, split }: Measured): CaseCounts {
    const counts = { passed: 0, failed: 0, noAnswer: 0, errors: 0 };
    for (const tag of new Set(tags)) put(this.#cases.tag, tag, counts);
    if (label !== null) put(this.#cases.label, label, counts);
    put(this.#cases.language, language, counts);
    put(this.#cases.split, split, counts);
    return counts;
  }

  #measure({ error, inputTokens, outputTokens, costUsd, latencyMs, fromCache }: Measured): void {
    if (error !== null) {
      const known = this.#errors.get(error.code) ?? { count: 0, message: error.message };
      this.#errors.set(error.code, { ...known, count: known.count + 1 });
      return;
    }
    this.#values.inputTokens.add(inputTokens);
    this.#values.outputTokens.add(outputTokens);
    if (fromCache) return;
    this.#values.latencyMs.add(latencyMs);
    if (costUsd !== null) this.#values.costUsd.add(costUsd);
  }
}

/** Numbers in as little memory as they need. */
class Values {
  #numbers = new Float64Array(1_024);
  #count = 0;

  add(value: number): void {
    if (this.#count === this.#numbers.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count] = value;
    this.#count += 1;
  }

  all(): Float64Array {
    return this.#numbers.subarray(0, this.#count);
  }
}

function put(groups: Map<string, CaseCounts[]>, key: string, counts: CaseCounts): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [counts]);
  else group.push(counts);
}

const groupsOf = (groups: ReadonlyMap<string, CaseCounts[]>): Group[] =>
  [...groups]
    .sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1))
    .map(([key, cases]) => ({ key, ...rateSummary(cases) }));

const inOrder = <Key extends string>(keys: readonly Key[], groups: ReadonlyMap<string, CaseCounts[]>): Group<Key>[] =>
  keys.flatMap((key) => {
    const cases = groups.get(key);
    return cases === undefined ? [] : [{ key, ...rateSummary(cases) }];
  });
