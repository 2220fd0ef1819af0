import { isDeepStrictEqual } from 'node:util';
import type { Project } from '../../domain/project.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Workbench } from '../workbench.ts';

/** Saves a scope beside the earlier ones. One that says the same makes none: requests for a release hold only under the scope they were made under. */
export async function saveScope(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
  { scope, author }: { scope: Scope; author: string },
): Promise<void> {
  if (isDeepStrictEqual(await stores.projects.scope(project.id), scope)) return;
  await stores.projects.saveScope(project.id, scope, author);
}
