import { isMainThread } from 'node:worker_threads';
import { type CaseContent, type CaseList, caseLabel, caseText } from '../../domain/evaluation-set.ts';
import { assignSplits, type Split, type SplitCase } from '../../domain/split.ts';
import type { NewCase } from '../../storage/eval-set-change.ts';
import { runImportTask } from './import-task.ts';

/** A case that joins a set; `split` is null where its side is to be drawn. */
export type JoiningCase = CaseContent & { split: Split | null };

/** More cases than that are compared for near-duplicates on a thread of their own: fewer take less time than starting one. */
const drawnHere = 2000;

type Drawing = { holdoutShare: number; seed: string };

/** Gives each joining case a side, beside those that are in the set. */
export async function drawSplits(
  present: readonly NewCase[],
  joining: readonly JoiningCase[],
  options: Drawing,
): Promise<NewCase[]> {
  const sides = await drawSides(present, joining, options);
  return joining.map((item, index) => ({ ...item, split: sides[index] ?? 'dev' }));
}

/** The side of each joining case, in their order. */
export async function drawSides(
  present: readonly NewCase[],
  joining: CaseList<CaseContent & { split?: Split | null }>,
  options: Drawing,
): Promise<Split[]> {
  if (joining.length === 0) return [];
  function* cases(): Generator<SplitCase> {
    for (const given of [present, joining])
      for (const { key, variables, expected, split = null, group } of given)
        yield { key, group, label: caseLabel(expected), text: caseText(variables), split };
  }
  const splits =
    present.length + joining.length <= drawnHere || !isMainThread
      ? assignSplits(cases(), options)
      : await runImportTask({ type: 'split', cases: [...cases()], options });
  return splits.slice(present.length);
}
