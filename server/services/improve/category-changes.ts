import type { CategoryChange } from '../../domain/category-change.ts';
import { conflict, invalid } from '../../domain/errors.ts';
import type { ResultId, RunId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/** Changes that are listed. */
const LISTED = 20;

/** Several categories become one, in all runs of the project; one becomes another where one is named. Throws `category_change_empty`. */
export async function renameCategories(
  { stores }: Stores,
  project: Project,
  { from, to, author }: { from: readonly string[]; to: string; author: string },
): Promise<CategoryChange> {
  const change = await stores.categories.rename(project.id, { from, to }, author);
  return change ?? nothingChanged();
}

/** Gives failures of a run their categories, as a person accepted them. Throws `run_missing`, `category_change_empty`, `category_given_twice`. */
export async function sortFailures(
  { stores }: Stores,
  id: RunId,
  { groups, author }: { groups: readonly { category: string; results: readonly number[] }[]; author: string },
): Promise<CategoryChange> {
  const run = await stores.runs.get(id);
  const all = groups.flatMap(({ results }) => results);
  if (new Set(all).size < all.length) {
    throw invalid('category_given_twice', 'A failure is in two of the groups. Give each failure one category.');
  }
  const sorted = groups.map(({ category, results }) => ({ category, results: results as readonly ResultId[] }));
  const change = await stores.categories.sort({ project: run.projectId, run: id }, sorted, author);
  return change ?? nothingChanged();
}

/** Newest first. */
export const listCategoryChanges = ({ stores }: Stores, project: Project): Promise<CategoryChange[]> =>
  stores.categories.changes(project.id, LISTED);

/** How many results have their earlier category again. Throws `category_change_missing`, `category_change_undone`. */
export const undoCategoryChange = (
  { stores }: Stores,
  project: Project,
  { id, author }: { id: number; author: string },
): Promise<number> => stores.categories.undo(project.id, id, author);

function nothingChanged(): never {
  throw conflict(
    'category_change_empty',
    'No result has another category by this. Reload the page to see what stands.',
  );
}
