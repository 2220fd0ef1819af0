import { conflict, invalid } from '../../domain/errors.ts';
import { caseLabel, type EvalCase, type EvalSet, type EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';
import { type CaseChange, changeSet } from './change-set.ts';
import { findSet } from './list-sets.ts';

/** The label that a person holds for right: the case's own confirms it, another one relabels. */
export type LabelChoice = { key: string; label: string };

/**
 * Keeps what a person decided about labels. Where some are changed, that is the set's next version, with their runs tied to the one before; the rest is
 * remembered, so that it is not doubted again. Throws `eval_set_missing`, `case_missing`, `set_changed_meanwhile`.
 */
export async function decideLabels(
  workbench: Workbench,
  project: Project,
  name: string,
  { base, decisions, note, author }: { base: number; decisions: readonly LabelChoice[]; note: string; author: string },
): Promise<{ setVersion: number; confirmed: number; relabelled: number }> {
  const { stores } = workbench;
  const { set, version, cases } = await findNewest(workbench, project, name);
  if (version.number !== base)
    throw conflict('set_changed_meanwhile', 'Someone saved this set meanwhile. Reload it and make your change again.');
  const given = expectedByLabel(cases, decisions);
  const before = new Map(cases.map((item) => [item.key, item]));
  const changes = [...given].flatMap(([key, expected]): CaseChange[] => {
    const item = before.get(key);
    if (item === undefined || caseLabel(item.expected) === caseLabel(expected)) return [];
    return [{ type: 'replace', key, case: { variables: item.variables, tags: item.tags, expected } }];
  });
  let after = before;
  if (changes.length > 0) {
    await changeSet(workbench, project, set.slug, { base, changes, note, author });
    after = new Map((await findNewest(workbench, project, name)).cases.map((item) => [item.key, item]));
  }
  const changed = new Set(changes.map(({ key }) => key));
  await stores.labelAudits.add(
    [...given.keys()].flatMap((key) => {
      const id = after.get(key)?.id;
      if (id === undefined) return [];
      return [{ caseId: id, before: changed.has(key) ? before.get(key)?.expected : undefined, note, author }];
    }),
  );
  return {
    setVersion: changes.length > 0 ? base + 1 : base,
    confirmed: given.size - changes.length,
    relabelled: changes.length,
  };
}

/** The newest version of a set with its cases. Throws `eval_set_missing`. */
export async function findNewest(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  name: string,
): Promise<{ set: EvalSet; version: EvalSetVersion; cases: EvalCase[] }> {
  const set = await findSet(workbench, project, name);
  const version = await workbench.stores.evalSets.version(set.id, null);
  if (version === null) throw invalid('case_missing', `The set "${set.name}" has no case yet.`);
  return { set, version, cases: await workbench.stores.evalSets.cases(version) };
}

/** What is expected where a label is chosen: the value that other cases of the set have for it, such as a number. Throws `case_missing`. */
export function expectedByLabel(
  cases: readonly EvalCase[],
  choices: readonly LabelChoice[],
): ReadonlyMap<string, JsonValue> {
  const keys = new Set(cases.map(({ key }) => key));
  const values = new Map(cases.map(({ expected }) => [caseLabel(expected), expected]));
  return new Map(
    choices.map(({ key, label }) => {
      if (!keys.has(key)) throw invalid('case_missing', `This set has no case "${key}".`, { details: { key } });
      return [key, values.get(label) ?? label];
    }),
  );
}
