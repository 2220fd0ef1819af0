import { conflict, invalid } from '../../domain/errors.ts';
import { type CaseContent, contentKey, type EvalCase, sameContent } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { Split } from '../../domain/split.ts';
import type { NewCase } from '../../storage/eval-set-change.ts';
import type { Workbench } from '../workbench.ts';
import { readCaseScorer } from './case-scorers.ts';
import { drawSplits, type JoiningCase } from './draw-splits.ts';
import { type EvalSetVersionView, evalSetVersionView, findSet } from './list-sets.ts';

/** So many characters tell one case from another. */
const MOST_SHOWN = 80;

/** A group or scorers that are left out stay as they are; null, or no scorer, takes them off. */
type GivenCase = Pick<CaseContent, 'variables' | 'expected' | 'tags' | 'group' | 'scorers'> & {
  /** For a new case only where the person wants a side; else it is drawn. */
  split?: Split;
};
export type CaseChange =
  | { type: 'add'; key?: string; case: GivenCase; source?: string }
  | { type: 'replace'; key: string; case: GivenCase }
  | { type: 'remove'; key: string };

/**
 * Applies changes to the version `base` of a set and stores the result as the next one; where they change nothing, there is no next one.
 * Throws `eval_set_missing`, `set_changed_meanwhile`, `case_missing`, `case_exists`, `input_exists`, `case_named_twice`, `input_twice`, `split_fixed`,
 * `group_on_other_side`, and what `readCaseScorer` throws; then nothing was stored.
 */
export async function changeSet(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
  name: string,
  { base, changes, note, author }: { base: number; changes: readonly CaseChange[]; note: string; author: string },
): Promise<EvalSetVersionView> {
  const { evalSets } = stores;
  const set = await findSet({ stores }, project, name);
  for (const change of changes) if (change.type !== 'remove') change.case.scorers?.forEach(readCaseScorer);
  // The one that the person saw; that it still is the newest is checked when the change is stored.
  const version = await evalSets.version(set.id, base);
  const before = version === null ? [] : await evalSets.cases(version);
  const { joining, replaced, removed } = sortOut(changes, new Map(before.map((item) => [item.key, item])));
  if (version !== null && joining.length + replaced.length + removed.length === 0) return evalSetVersionView(version);
  const present = new Map<string, NewCase>([...before, ...replaced].map((item) => [item.key, item]));
  for (const key of removed) present.delete(key);
  const groupOf = new Map(before.map(({ key, group }) => [key, group ?? null]));
  const regrouped = replaced.filter(({ key, group }) => (group ?? null) !== groupOf.get(key));
  refuseTornGroups([...present.values()], regrouped);
  const seed = `${project.slug}/${set.slug}`;
  const added = await drawSplits([...present.values()], joining, { holdoutShare: set.holdoutShare, seed });
  return evalSetVersionView(await evalSets.change(set.id, base, { added, replaced, removed }, { note, author }));
}

/** A case that joins a group of the other side would have to change its own. */
function refuseTornGroups(present: readonly NewCase[], regrouped: readonly NewCase[]): void {
  const named = new Map(regrouped.flatMap((item) => (item.group ? [[item.group, item]] : [])));
  if (named.size === 0) return;
  for (const { group, split, key } of present) {
    const joining = group ? named.get(group) : undefined;
    if (joining === undefined || joining.split === split) continue;
    throw invalid(
      'group_on_other_side',
      `The case "${joining.key}" stays on ${joining.split}, and "${key}" of the group "${group}" is on ${split}: a group stands on one side. Choose another group.`,
      { details: { key: joining.key, group, split, other: joining.split } },
    );
  }
}

function sortOut(changes: readonly CaseChange[], present: ReadonlyMap<string, EvalCase>) {
  const joining: JoiningCase[] = [];
  const replaced: NewCase[] = [];
  const removed: string[] = [];
  const named = new Set<string>();
  for (const change of changes) {
    const key = keyOf(change);
    if (change.type === 'add' && change.key === undefined) refuseSameInput(change.case, key, { named, present });
    if (named.has(key)) throw invalid('case_named_twice', `The case "${key}" is changed twice. Change it once.`);
    named.add(key);
    if (change.type === 'remove') removed.push(key);
    else if (change.type === 'add') {
      const { split = null, ...content } = change.case;
      joining.push({ ...content, key, source: change.source ?? 'edit', split });
    } else {
      const changed = replacement(change.case, key, present.get(key));
      if (changed !== null) replaced.push(changed);
    }
  }
  return { joining, replaced, removed };
}

/** A new case without an id gets one from its content, as an imported one does. */
const keyOf = (change: CaseChange): string =>
  change.type === 'add' ? (change.key ?? contentKey(change.case.variables)) : change.key;

/** Who gave no id is told by the text which case it is, not by an id that they never saw. */
function refuseSameInput(
  { variables }: GivenCase,
  key: string,
  { named, present }: { named: ReadonlySet<string>; present: ReadonlyMap<string, EvalCase> },
): void {
  const values = Object.values(variables).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  const text = values.join(' · ').slice(0, MOST_SHOWN);
  const details = { text };
  if (named.has(key)) {
    throw invalid('input_twice', `Two of these cases have the same input: "${text}". Remove one of them.`, { details });
  }
  if (present.has(key)) {
    throw conflict('input_exists', `A case of this set has the same input: "${text}". Remove this one, or edit that.`, {
      details,
    });
  }
}

/** Null where nothing changes. The case stays on its side and in its group, and keeps its source. */
function replacement(given: GivenCase, key: string, earlier: EvalCase | undefined): NewCase | null {
  if (earlier === undefined) {
    throw invalid('case_missing', `This set has no case "${key}".`, { details: { key } });
  }
  if (given.split !== undefined && given.split !== earlier.split) {
    throw invalid(
      'split_fixed',
      `The case "${key}" stays on ${earlier.split}: a case that changed sides would spoil the comparison with earlier runs. Add it under another id instead.`,
    );
  }
  const { split: _, ...content } = given;
  const { source, split } = earlier;
  const group = content.group === undefined ? earlier.group : content.group;
  const scorers = content.scorers ?? earlier.scorers;
  const changed = { ...content, key, source, group, scorers, split };
  return sameContent(earlier, changed) ? null : changed;
}
