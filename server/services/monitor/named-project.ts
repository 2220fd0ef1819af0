import type { JsonObject } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';

/** The project that what was sent belongs to: as said apart, else by the program's attributes. A sentence on what to do where there is none. */
export async function namedProject(
  { stores }: Pick<Workbench, 'stores'>,
  said: string | null,
  resource: JsonObject,
): Promise<Project | string> {
  const names = [said, resource['whetstone.project'], resource['service.name']];
  const name = names.find((one) => typeof one === 'string' && one !== '');
  const project = typeof name === 'string' ? await stores.projects.find(name) : null;
  if (project !== null) return project;
  const remedy =
    'Name one by OTEL_SERVICE_NAME, by OTEL_RESOURCE_ATTRIBUTES=whetstone.project=NAME, or in the header x-whetstone-project.';
  return typeof name === 'string'
    ? `There is no project "${name.slice(0, 80)}". ${remedy}`
    : `No project is named. ${remedy}`;
}
