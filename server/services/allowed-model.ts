import { refused } from '../domain/errors.ts';
import { parseModelReference } from '../domain/model.ts';
import type { Project } from '../domain/project.ts';
import type { Provider } from '../providers/provider.ts';
import type { Workbench } from './workbench.ts';

/** The provider of a model, where the project's scope lets its data go there. Throws `data_may_not_leave`, `connection_missing` and the like. */
export async function allowedProvider(
  { stores, providers }: Pick<Workbench, 'stores' | 'providers'>,
  project: Project,
  model: string,
): Promise<Provider> {
  const provider = await providers.get(parseModelReference(model).connection);
  const scope = await stores.projects.scope(project.id);
  if (scope !== null && !scope.dataMayLeave && provider.destination === 'network') {
    throw refused(
      'data_may_not_leave',
      `The scope of ${project.name} keeps its data on this machine, and ${model} is elsewhere. Choose a model on this machine, or change the scope.`,
    );
  }
  return provider;
}
