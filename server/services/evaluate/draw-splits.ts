import { isMainThread } from 'node:worker_threads';
import { type CaseContent, caseLabel, caseText } from '../../domain/evaluation-set.ts';
import { assignSplits, type Split } from '../../domain/split.ts';
import type { NewCase } from '../../storage/eval-set-change.ts';
import { runImportTask } from './import-task.ts';

/** A case that joins a set; `split` is null where its side is to be drawn. */
export type JoiningCase = CaseContent & { split: Split | null };

/** More cases than that are compared for near-duplicates on a thread of their own: fewer take less time than starting one. */
const drawnHere = 2000;

/** Gives each joining case a side, beside those that are in the set. */
export async function drawSplits(
  present: readonly NewCase[],
  joining: readonly JoiningCase[],
  options: { holdoutShare: number; seed: string },
): Promise<NewCase[]> {
  if (joining.length === 0) return [];
  const cases = [...present, ...joining].map(({ key, variables, expected, split, group }) => ({
    key,
    group,
    label: caseLabel(expected),
    text: caseText(variables),
    split,
  }));
  const splits =
    cases.length <= drawnHere || !isMainThread
      ? assignSplits(cases, options)
      : await runImportTask({ type: 'split', cases, options });
  return joining.map((item, index) => ({ ...item, split: splits[present.length + index] ?? 'dev' }));
}
