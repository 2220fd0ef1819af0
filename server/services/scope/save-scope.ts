import { isDeepStrictEqual } from 'node:util';
import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import { type Scope, type ScopeVersion, tagNamedTwice } from '../../domain/scope.ts';
import type { Workbench } from '../workbench.ts';

/** `base`: number of the version that it was written from, 0 for none; left out where nobody's version is to be guarded. */
export type NewScope = { scope: Scope; author: string; base?: number };

/**
 * Saves a scope beside the earlier ones. One that says the same makes none: requests for a release hold only under the scope they were made under.
 * Throws `scope_tag_twice`, `scope_changed_meanwhile`.
 */
export async function saveScope(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
  { scope, author, base }: NewScope,
): Promise<{ version: ScopeVersion; created: boolean }> {
  const twice = tagNamedTwice(scope);
  if (twice !== undefined) {
    throw invalid('scope_tag_twice', `"${twice}" has two minimums. Leave one of them out.`, {
      details: { reason: { code: 'scope_tag_twice', values: { tag: twice } } },
    });
  }
  const [newest] = await stores.projects.scopeVersions(project.id, 1);
  if (newest !== undefined && isDeepStrictEqual(newest.scope, scope)) return { version: newest, created: false };
  return { version: await stores.projects.saveScope(project.id, scope, author, base), created: true };
}
