import type { EvalCase, EvalSet } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import { type CaseDifference, setDifference } from '../../domain/set-difference.ts';
import type { NewCase } from '../../storage/eval-set-change.ts';
import type { Workbench } from '../workbench.ts';
import { type EvalSetVersionView, evalSetVersionView, findSet, numberedVersion } from './list-sets.ts';

type Stores = Pick<Workbench, 'stores'>;
export type SetComparison = {
  a: EvalSetVersionView;
  b: EvalSetVersionView;
  added: number;
  removed: number;
  relabelled: number;
  retagged: number;
  /** With other variables. */
  rewritten: number;
  differences: CaseDifference[];
};

/** More are counted, and not listed. */
const MOST_LISTED = 500;

/** What version `b` of a set has otherwise than `a`. Throws `eval_set_missing`, `eval_set_version_missing`. */
export async function compareSetVersions(
  workbench: Stores,
  project: Project,
  name: string,
  numbers: { a: number; b: number },
): Promise<SetComparison> {
  const set = await findSet(workbench, project, name);
  const { a, b, differences } = await difference(workbench, set, numbers.a, numbers.b);
  const count = (is: (one: CaseDifference) => boolean) => differences.filter(is).length;
  const changed = (aspect: 'label' | 'tags' | 'variables') =>
    count((one) => one.type === 'changed' && one.aspects.includes(aspect));
  return {
    a: evalSetVersionView(a),
    b: evalSetVersionView(b),
    added: count(({ type }) => type === 'added'),
    removed: count(({ type }) => type === 'removed'),
    relabelled: changed('label'),
    retagged: changed('tags'),
    rewritten: changed('variables'),
    differences: differences.slice(0, MOST_LISTED),
  };
}

/**
 * Makes the next version of a set out of what an earlier one held; nothing where the newest holds the same. Runs stay tied to the versions that they ran on.
 * Throws `eval_set_missing`, `eval_set_version_missing`, `set_changed_meanwhile`.
 */
export async function restoreSetVersion(
  workbench: Stores,
  project: Project,
  name: string,
  { version: number, base, note, author }: { version: number; base: number; note: string; author: string },
): Promise<EvalSetVersionView> {
  const set = await findSet(workbench, project, name);
  const { a: newest, differences } = await difference(workbench, set, base, number);
  const added: NewCase[] = [];
  const replaced: NewCase[] = [];
  const removed: string[] = [];
  for (const one of differences) {
    if (one.type === 'removed') removed.push(one.key);
    else if (one.type === 'added') added.push(contentOf(one.after));
    else replaced.push({ ...contentOf(one.after), split: one.before.split });
  }
  if (differences.length === 0) return evalSetVersionView(newest);
  const change = { added, replaced, removed };
  return evalSetVersionView(await workbench.stores.evalSets.change(set.id, base, change, { note, author }));
}

const contentOf = ({ id: _, ...content }: EvalCase): NewCase => content;

async function difference(workbench: Stores, set: EvalSet, from: number, to: number) {
  const [a, b] = [await numberedVersion(workbench, set, from), await numberedVersion(workbench, set, to)];
  const { evalSets } = workbench.stores;
  const [before, after] = [await evalSets.casesOnlyIn(a, b), await evalSets.casesOnlyIn(b, a)];
  return { a, b, differences: setDifference(before, after) };
}
