import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import { slugOf } from '../../domain/slug.ts';
import type { Workbench } from '../workbench.ts';

/** Throws `project_name_invalid`, `project_exists`. */
export async function createProject({ stores }: Pick<Workbench, 'stores'>, name: string): Promise<Project> {
  if (slugOf(name) === '') {
    throw invalid('project_name_invalid', `"${name}" has no letter or digit. Give the project a name that has some.`);
  }
  return stores.projects.create(name.trim());
}
