import type { CasePrediction } from '../baseline/trained-baseline.ts';
import type { CaseId } from '../ids.ts';
import { nearDuplicateGroups } from '../near-duplicates.ts';
import { nearestCases } from './nearest-cases.ts';

export type AuditCase = { id: CaseId; key: string; label: string; text: string };
/** By the key of the case. `agreement`: 1 where every repeat passed, −1 where each gave another answer. */
export type AuditRun = { run: number; votes: ReadonlyMap<string, { agreement: number; answer: string | null }> };

export type SourceName = { source: 'classifier' | 'neighbours' | 'near_duplicates' } | { source: 'run'; run: number };
/** What a source says of a case: `said` is above 0 for its label, below 0 for another, `label` the one it speaks for. */
export type Word = { said: number; label: string | null } & (
  | { source: 'classifier'; probability: number }
  | { source: 'neighbours'; same: number; other: number; keys: readonly string[] }
  | { source: 'near_duplicates'; keys: readonly string[] }
  | { source: 'run'; run: number }
);
/** A word for each case; null where the source says nothing of it. */
export type AuditSource = { name: SourceName; words: readonly (Word | null)[] };

/** The nearest count most, so that more would change little. */
const NEIGHBOURS = 10;
/** Naive Bayes is too sure of itself: what is above orders nothing. */
const MOST_LOG_ODDS = 30;

/** Log odds of the label by a classifier that did not see it. */
export function classifierSource(cases: readonly AuditCase[], predictions: readonly CasePrediction[]): AuditSource {
  const labels = new Set(cases.map(({ label }) => label)).size;
  const byCase = new Map(predictions.map((prediction) => [prediction.caseId, prediction]));
  const words = cases.map(({ id, label }): Word | null => {
    const prediction = byCase.get(id);
    if (prediction === undefined || prediction.label !== label) return null;
    const { predicted, probability } = prediction;
    // Against the average of the other labels: of two this is the odds of the label itself.
    const logOdds = Math.log((probability * (labels - 1)) / (1 - probability));
    const sureness = Math.min(MOST_LOG_ODDS, Math.max(0, logOdds));
    return { source: 'classifier', said: predicted === label ? sureness : -sureness, label: predicted, probability };
  });
  return { name: { source: 'classifier' }, words };
}

/** The labels of the most similar cases, weighted by the square of their similarity. */
export function neighbourSource(cases: readonly AuditCase[]): AuditSource {
  const nearest = nearestCases(
    cases.map(({ text }) => text),
    NEIGHBOURS,
  );
  const words = cases.map(({ label }, index): Word | null => {
    const found = (nearest[index] ?? []).flatMap(({ index: at, similarity }) => {
      const other = cases[at];
      return other === undefined ? [] : [{ ...other, weight: similarity ** 2 }];
    });
    if (found.length === 0) return null;
    const others = found.filter((other) => other.label !== label);
    const against = sum(others.map(({ weight }) => weight));
    const all = sum(found.map(({ weight }) => weight));
    return {
      source: 'neighbours',
      said: 1 - (2 * against) / all,
      label: against * 2 > all ? heaviest(others) : label,
      same: found.length - others.length,
      other: others.length,
      keys: others.slice(0, 3).map(({ key }) => key),
    };
  });
  return { name: { source: 'neighbours' }, words };
}

/** Cases that differ by a few letters, and have another label. */
export function nearDuplicateSource(cases: readonly AuditCase[]): AuditSource {
  const groupOf = nearDuplicateGroups(cases.map(({ text }) => text));
  const groups = Map.groupBy(cases, (_, index) => groupOf[index]);
  const words = cases.map((item, index): Word | null => {
    const twins = (groups.get(groupOf[index]) ?? []).filter((other) => other !== item);
    if (twins.length === 0) return null;
    const others = twins.filter(({ label }) => label !== item.label);
    const said = 1 - (2 * others.length) / twins.length;
    const label = said < 0 ? heaviest(others.map((other) => ({ ...other, weight: 1 }))) : item.label;
    return { source: 'near_duplicates', said, label, keys: others.slice(0, 3).map(({ key }) => key) };
  });
  return { name: { source: 'near_duplicates' }, words };
}

/** The answers of a run. */
export function runSource(cases: readonly AuditCase[], { run, votes }: AuditRun): AuditSource {
  const words = cases.map(({ key }): Word | null => {
    const vote = votes.get(key);
    return vote === undefined ? null : { source: 'run', run, said: vote.agreement, label: vote.answer };
  });
  return { name: { source: 'run', run }, words };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The label with the most weight, the first by name between equals. */
export function heaviest(votes: readonly { label: string; weight: number }[]): string | null {
  const totals = [...Map.groupBy(votes, ({ label }) => label)].map(
    ([label, same]) => [label, sum(same.map(({ weight }) => weight))] as const,
  );
  const [first] = totals.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}
