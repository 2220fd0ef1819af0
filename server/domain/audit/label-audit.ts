import type { CasePrediction } from '../baseline/trained-baseline.ts';
import type { CaseId } from '../ids.ts';
import {
  type AuditCase,
  type AuditRun,
  classifierSource,
  heaviest,
  nearDuplicateSource,
  neighbourSource,
  runSource,
  type SourceName,
  type Word,
} from './audit-sources.ts';
import { evidenceWeights } from './evidence-weights.ts';

/*
 * Which labels are likely wrong. After Northcutt, Jiang and Chuang, "Confident learning" (2021), by predictions that the label itself took no part in:
 * a classifier's, cross-validated; the labels of the most similar cases (Wilson, "Asymptotic properties of nearest neighbor rules using edited data",
 * 1972); and the answers of runs. Each is worth as many log odds as the labels of this set show it to be.
 */

/** Why a label is doubted or trusted: `doubt` is what it adds to the log odds that the label is wrong. */
export type Evidence = Word & { doubt: number };
export type Suspect = {
  id: CaseId;
  key: string;
  label: string;
  /** What the evidence together speaks for; null where it only speaks against. */
  suggestion: string | null;
  /** Log odds that the label is wrong, as far as the sources go. */
  doubt: number;
  /** What speaks against the label first. */
  evidence: readonly Evidence[];
};
/** `right`: how many of the `n` cases that it says something of have the label that it speaks for. */
export type SourceReport = SourceName & { weight: number; n: number; right: number };

/** Near-duplicates are too few to learn from what they are worth: as much as a source that is right nine times in ten. */
const NEAR_DUPLICATE_WEIGHT = Math.log(9);

/** The labels that something speaks against, the most doubtful first. */
export function auditLabels(
  cases: readonly AuditCase[],
  predictions: readonly CasePrediction[],
  runs: readonly AuditRun[],
): { sources: readonly SourceReport[]; suspects: readonly Suspect[] } {
  const learnt = [
    classifierSource(cases, predictions),
    neighbourSource(cases),
    ...runs.map((run) => runSource(cases, run)),
  ];
  const weights = evidenceWeights(cases.map((_, index) => learnt.map(({ words }) => words[index]?.said ?? 0)));
  const sources = [
    { ...nearDuplicateSource(cases), weight: NEAR_DUPLICATE_WEIGHT },
    ...learnt.map((source, index) => ({ ...source, weight: weights[index] ?? 0 })),
  ];
  const suspects = cases.flatMap((item, index): Suspect[] => {
    const evidence = sources.flatMap(({ words, weight }): Evidence[] => {
      const word = words[index];
      return word == null || word.said === 0 ? [] : [{ ...word, doubt: -weight * word.said }];
    });
    const against = evidence.flatMap(({ label, doubt }) =>
      label !== null && label !== item.label && doubt > 0 ? [{ label, weight: doubt }] : [],
    );
    if (!evidence.some(({ doubt }) => doubt > 0)) return [];
    const doubt = evidence.reduce((sum, one) => sum + one.doubt, 0);
    const { id, key, label } = item;
    return [
      { id, key, label, suggestion: heaviest(against), doubt, evidence: evidence.sort((a, b) => b.doubt - a.doubt) },
    ];
  });
  return {
    sources: sources.map(({ name, words, weight }) => ({ ...name, weight, ...agreement(words) })),
    suspects: suspects.sort((a, b) => b.doubt - a.doubt || (a.key < b.key ? -1 : 1)),
  };
}

function agreement(words: readonly (Word | null)[]): { n: number; right: number } {
  const said = words.filter((word) => word !== null && word.said !== 0);
  return { n: said.length, right: said.filter((word) => word !== null && word.said > 0).length };
}
