import type { DraftedCase, Likeness } from '../../domain/case-draft.ts';
import type { Project } from '../../domain/project.ts';
import type { Split } from '../../domain/split.ts';
import type { EvalSetVersionView } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';
import { withLikeness } from './drafting-request.ts';
import { scopeOf } from './first-basis.ts';
import { addCases, setNamed } from './first-set.ts';

type Stores = Pick<Workbench, 'stores'>;

/**
 * Puts cases that a person typed into a set, which is made where there is none; a case without a side is drawn one. Throws `eval_set_name_invalid`,
 * `input_exists`, `input_twice`.
 */
export async function addFirstCases(
  workbench: Stores,
  project: Project,
  { set: name, cases, author }: { set: string; cases: readonly (DraftedCase & { split?: Split })[]; author: string },
): Promise<{ set: string; version: EvalSetVersionView }> {
  const set = await setNamed(workbench, project, name);
  const changes = cases.map((item) => ({ type: 'add' as const, case: item }));
  const version = await addCases(workbench, project, set, { changes, note: 'Typed in', author });
  return { set: set.slug, version };
}

/** What each of these cases is nearly the same as. Throws `scope_not_written`. */
export async function likenessOf(
  workbench: Stores,
  project: Project,
  { set: name, cases }: { set: string; cases: readonly Pick<DraftedCase, 'variables'>[] },
): Promise<(Likeness | null)[]> {
  const set = await workbench.stores.evalSets.find(project.id, name);
  const about = { scope: await scopeOf(workbench, project), set: set?.id ?? null };
  const whole = cases.map(({ variables }) => ({ variables, expected: null, tags: [] }));
  return (await withLikeness(workbench, about, whole)).map(({ like }) => like);
}
