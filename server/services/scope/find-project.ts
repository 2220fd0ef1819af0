import { missing } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';

/** By slug or by name as written. Throws `project_missing`. */
export async function findProject({ stores }: Pick<Workbench, 'stores'>, nameOrSlug: string): Promise<Project> {
  const project = await stores.projects.find(nameOrSlug);
  if (project !== null) return project;
  throw missing(
    'project_missing',
    `There is no project "${nameOrSlug}". "whetstone project list" shows those there are.`,
  );
}
