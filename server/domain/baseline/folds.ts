import { contentHash } from '../content-hash.ts';
import { nearDuplicateGroups } from '../near-duplicates.ts';

export type FoldCase = { key: string; label: string; text: string };

/**
 * The fold of each case, 0 to `folds` − 1: stratified by label (Kohavi, "A study of cross-validation and bootstrap", 1995), near-duplicates together,
 * so that no case is judged by a model that saw its twin. It depends on seed and keys, not on the order of the cases.
 */
export function assignFolds(cases: readonly FoldCase[], { folds, seed }: { folds: number; seed: string }): number[] {
  const groupOf = nearDuplicateGroups(cases.map(({ text }) => text));
  const groups = [...Map.groupBy(cases, (_, index) => groupOf[index])].map(([group, members]) => ({
    group,
    labels: members.map(({ label }) => label),
    rank: contentHash([seed, ...members.map(({ key }) => key).sort()]),
  }));
  // Large groups first: the small ones then even the folds out.
  groups.sort((a, b) => b.labels.length - a.labels.length || (a.rank < b.rank ? -1 : 1));
  const open = Array.from({ length: folds }, (_, fold) => new Fold(fold));
  const foldOf = new Map<number | undefined, number>();
  for (const { group, labels } of groups) {
    const emptiest = open.reduce((best, fold) => (fold.loadFor(labels) < best.loadFor(labels) ? fold : best));
    emptiest.add(labels);
    foldOf.set(group, emptiest.number);
  }
  return cases.map((_, index) => foldOf.get(groupOf[index]) ?? 0);
}

class Fold {
  readonly number: number;
  #size = 0;
  readonly #byLabel = new Map<string, number>();

  constructor(number: number) {
    this.number = number;
  }

  /** How full the fold is of these labels and, between folds that are equally full of them, of all. */
  loadFor(labels: readonly string[]): number {
    const same = [...new Set(labels)].reduce((sum, label) => sum + (this.#byLabel.get(label) ?? 0), 0);
    return same + this.#size / (this.#size + 1);
  }

  add(labels: readonly string[]): void {
    this.#size += labels.length;
    for (const label of labels) this.#byLabel.set(label, (this.#byLabel.get(label) ?? 0) + 1);
  }
}

/** How many different cases each label has: near-duplicates count once. */
export function differentCases(cases: readonly FoldCase[]): Map<string, number> {
  const groupOf = nearDuplicateGroups(cases.map(({ text }) => text));
  const byLabel = Map.groupBy(groupOf, (_, index) => cases[index]?.label ?? '');
  return new Map([...byLabel].map(([label, groups]) => [label, new Set(groups).size]));
}
