import { CaseTally, codeOf, noCounts } from './case-tally.ts';
import { type Confusion, ConfusionTally } from './confusion.ts';
import { type InputLanguage, inputLanguages } from './input-language.ts';
import type { Said } from './metric-tally.ts';
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
  said: readonly Said[];
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
  readonly #cases: Record<'tag' | 'label' | 'language' | 'split', Groups> = {
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
  /** The case whose results are coming. */
  #current: { about: Measured; counts: CaseCounts } | null = null;

  add(result: Measured): void {
    if (this.#current === null || this.#current.about.caseId !== result.caseId) {
      this.#putCurrent();
      this.#current = { about: result, counts: noCounts() };
    }
    const { counts } = this.#current;
    if (result.outcome === 'error') counts.errors += 1;
    else if (result.outcome === 'passed') counts.passed += 1;
    else counts.failed += 1;
    if (result.outcome === 'no_answer') counts.noAnswer += 1;
    if (result.label !== null) this.#confusion.add(result.label, result.outcome, result.answer);
    this.#measure(result);
  }

  breakdown(): Breakdown {
    this.#putCurrent();
    this.#current = null;
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

  #putCurrent(): void {
    if (this.#current === null) return;
    const { about, counts } = this.#current;
    const put = (groups: Groups, key: string) => tallyOf(groups, key).add(counts, code);
    const code = codeOf(counts);
    about.tags.forEach((tag, at) => {
      if (about.tags.indexOf(tag) === at) put(this.#cases.tag, tag);
    });
    if (about.label !== null) put(this.#cases.label, about.label);
    put(this.#cases.language, about.language);
    put(this.#cases.split, about.split);
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
    // An answer of a batch took no time of its own.
    if (latencyMs > 0) this.#values.latencyMs.add(latencyMs);
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

type Groups = Map<string, CaseTally>;

function tallyOf(groups: Groups, key: string): CaseTally {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const tally = new CaseTally();
  groups.set(key, tally);
  return tally;
}

const groupsOf = (groups: Groups): Group[] =>
  [...groups]
    .sort(([a, first], [b, second]) => second.size - first.size || (a < b ? -1 : 1))
    .map(([key, tally]) => ({ key, ...rateSummary(tally.counts()) }));

const inOrder = <Key extends string>(keys: readonly Key[], groups: Groups): Group<Key>[] =>
  keys.flatMap((key) => {
    const tally = groups.get(key);
    return tally === undefined ? [] : [{ key, ...rateSummary(tally.counts()) }];
  });
