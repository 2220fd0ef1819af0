import { labelsFor } from '../../domain/default-scorers.ts';
import { invalid } from '../../domain/errors.ts';
import type { EvalSet, EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import type { Scope } from '../../domain/scope.ts';
import { findSet } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';
import { labelsOfScope } from './scope-labels.ts';

type Stores = Pick<Workbench, 'stores'>;
/** What a first version is made from; fields and labels only where a person named them. */
export type FirstChoice = { set?: string; fields?: readonly string[]; labels?: readonly string[] };
export type FirstBasis = {
  scope: Scope;
  /** The set that is meant, else the project's first; null where it has none. */
  set: EvalSet | null;
  version: EvalSetVersion | null;
  /** Names of what a case gives. */
  fields: readonly string[];
  /** What an answer may be; empty where it is free. */
  labels: readonly string[];
};

/** What a case has where nothing names its fields. */
const usualField = 'input';

/** The scope, and what cases and prompts made from it have in common. Throws `scope_not_written`, `eval_set_missing`. */
export async function firstBasis({ stores }: Stores, project: Project, choice: FirstChoice): Promise<FirstBasis> {
  const scope = await scopeOf({ stores }, project);
  const set =
    choice.set === undefined
      ? ((await stores.evalSets.list(project.id))[0] ?? null)
      : await findSet({ stores }, project, choice.set);
  const version = set === null ? null : await stores.evalSets.version(set.id, null);
  const inSet = version === null ? [] : await stores.evalSets.variableNames(version);
  const ofSet = version === null ? [] : labelsFor({ type: 'text' }, await stores.evalSets.labelCounts(version));
  const fields = choice.fields ?? (inSet.length > 0 ? inSet : [usualField]);
  return { scope, set, version, fields, labels: choice.labels ?? (ofSet.length > 0 ? ofSet : labelsOfScope(scope)) };
}

/** Throws `scope_not_written`. */
export async function scopeOf({ stores }: Stores, project: Project): Promise<Scope> {
  const scope = await stores.projects.scope(project.id);
  if (scope !== null) return scope;
  throw invalid(
    'scope_not_written',
    `The scope of ${project.name} is not written yet. Write down what it should do first.`,
  );
}
