import type { Project } from '../../domain/project.ts';
import type { ProjectScope } from '../../domain/scope.ts';
import { type Spine, spineOf } from '../../domain/spine.ts';
import type { Workbench } from '../workbench.ts';
import { spineFacts } from './spine-facts.ts';

export type ProjectView = Omit<Project, 'id'> & {
  scope: ProjectScope;
  /** Number of its version; 0 where none was written. */
  scopeVersion: number;
  spine: Spine;
};

/** A project with its scope and where it stands. */
export async function projectView(workbench: Pick<Workbench, 'stores'>, project: Project): Promise<ProjectView> {
  const { id, ...about } = project;
  const [newest] = await workbench.stores.projects.scopeVersions(id, 1);
  const scope = newest?.scope ?? null;
  return {
    ...about,
    scope,
    scopeVersion: newest?.number ?? 0,
    spine: spineOf(await spineFacts(workbench, project, scope)),
  };
}
