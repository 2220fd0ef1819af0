import { type ModelFacts, type ModelInfo, unknownFacts } from '../../domain/model.ts';
import type { Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';

export type ListedModel = ModelInfo & {
  price: Price | null;
  facts: ModelFacts;
  /** Over the calls of all runs, answers from the cache left out; null before the first. */
  speed: { calls: number; latencyP50Ms: number; outputTokensPerSecond: number } | null;
  /** False where the project's scope keeps its data on this machine and the model is elsewhere. */
  allowed: boolean;
};

/** The models that answer now; for a project also whether its scope lets its data go there. */
export async function listModels(
  { stores, providers, prices }: Pick<Workbench, 'stores' | 'providers' | 'prices'>,
  project: Project | null,
  options: { refresh: boolean },
): Promise<ListedModel[]> {
  const scope = project === null ? null : await stores.projects.scope(project.id);
  const staysHere = scope !== null && !scope.dataMayLeave;
  return (await providers.models(options)).map((model) => ({
    ...model,
    price: priceFor(prices, model.reference, model),
    facts: unknownFacts,
    speed: null,
    allowed: !staysHere || model.destination !== 'network',
  }));
}
