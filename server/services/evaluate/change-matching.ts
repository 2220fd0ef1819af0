import type { Project } from '../../domain/project.ts';
import type { BulkEdit } from '../../storage/eval-set-bulk.ts';
import type { CaseFilter } from '../../storage/eval-set-store.ts';
import type { Workbench } from '../workbench.ts';
import { type EvalSetVersionView, evalSetVersionView, findSet, numberedVersion } from './list-sets.ts';

type Asked = {
  base: number;
  filter: Omit<CaseFilter, 'after' | 'limit'>;
  edit: BulkEdit;
  note: string;
  author: string;
};

/**
 * Changes all cases of the newest version that match a filter alike, as the next version; where none would become another, there is no next one.
 * Throws `eval_set_missing`, `eval_set_version_missing`, `set_changed_meanwhile`.
 */
export async function changeMatching(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  name: string,
  { base, filter, edit, note, author }: Asked,
): Promise<{ version: EvalSetVersionView; changed: number }> {
  const set = await findSet(workbench, project, name);
  const before = await numberedVersion(workbench, set, base);
  const done = await workbench.stores.evalSets.changeMatching(before, filter, edit, { note, author });
  return { version: evalSetVersionView(done?.version ?? before), changed: done?.changed ?? 0 };
}
