import type { Project } from '../../domain/project.ts';
import type { ProjectScope } from '../../domain/scope.ts';
import { type Spine, spineOf } from '../../domain/spine.ts';
import type { Workbench } from '../workbench.ts';
import { spineFacts } from './spine-facts.ts';

export type ProjectView = Omit<Project, 'id'> & { scope: ProjectScope; spine: Spine };

/** A project with its scope and where it stands. */
export async function projectView(workbench: Pick<Workbench, 'stores'>, project: Project): Promise<ProjectView> {
  const { id, ...about } = project;
  const scope = await workbench.stores.projects.scope(id);
  return { ...about, scope, spine: spineOf(await spineFacts(workbench, project, scope)) };
}
