import { type CaseContent, caseLabel, caseText } from '../../domain/evaluation-set.ts';
import { assignSplits, type Split } from '../../domain/split.ts';
import type { NewCase } from '../../storage/eval-set-change.ts';

/** A case that joins a set; `split` is null where its side is to be drawn. */
export type JoiningCase = CaseContent & { split: Split | null };

/** Gives each joining case a side, beside those that are in the set. */
export function drawSplits(
  present: readonly NewCase[],
  joining: readonly JoiningCase[],
  options: { holdoutShare: number; seed: string },
): NewCase[] {
  const cases = [...present, ...joining].map(({ key, variables, expected, split, group }) => ({
    key,
    group,
    label: caseLabel(expected),
    text: caseText(variables),
    split,
  }));
  const splits = assignSplits(cases, options).slice(present.length);
  return joining.map((item, index) => ({ ...item, split: splits[index] ?? 'dev' }));
}
