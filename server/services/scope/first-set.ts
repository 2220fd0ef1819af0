import { invalid, WhetstoneError } from '../../domain/errors.ts';
import type { EvalSet } from '../../domain/evaluation-set.ts';
import type { Project } from '../../domain/project.ts';
import { slugOf } from '../../domain/slug.ts';
import { type CaseChange, changeSet } from '../evaluate/change-set.ts';
import type { EvalSetVersionView } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
type AddedCase = Extract<CaseChange, { type: 'add' }>;

/** Of the cases of a new set so many are put aside, as for one that is imported. */
const usualHoldoutShare = 0.2;
/** Another one may add a case at the same moment, again and again. */
const MOST_TRIES = 5;

/** A set by its name, made where there is none. Throws `eval_set_name_invalid`. */
export async function setNamed({ stores: { evalSets } }: Stores, project: Project, given: string): Promise<EvalSet> {
  const name = given.trim();
  if (slugOf(name) === '') {
    throw invalid('eval_set_name_invalid', `"${name}" has no letter or digit. Give the set a name that has some.`);
  }
  const found = await evalSets.find(project.id, name);
  return found ?? evalSets.create(project.id, { name, notes: '', holdoutShare: usualHoldoutShare });
}

/** Adds cases to the newest version of a set, whichever that is. Throws `input_exists`, `input_twice`. */
export async function addCases(
  workbench: Stores,
  project: Project,
  set: EvalSet,
  { changes, note, author }: { changes: readonly AddedCase[]; note: string; author: string },
): Promise<EvalSetVersionView> {
  for (let tries = 1; ; tries++) {
    const base = (await workbench.stores.evalSets.version(set.id, null))?.number ?? 0;
    try {
      return await changeSet(workbench, project, set.slug, { base, changes, note, author });
    } catch (error) {
      const meanwhile = error instanceof WhetstoneError && error.code === 'set_changed_meanwhile';
      if (!meanwhile || tries === MOST_TRIES) throw error;
    }
  }
}
