import type { ModelFacts, ModelInfo, ModelPurpose } from '../../domain/model.ts';
import { factsByName, type ModelSpeed, type SizeClass, sizeClassOf } from '../../domain/model-facts.ts';
import type { Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';

export type ListedModel = ModelInfo & {
  price: Price | null;
  facts: ModelFacts;
  sizeClass: SizeClass | null;
  /** Over the newest calls of all runs, answers from the cache left out; null before the first. */
  speed: ModelSpeed | null;
  /** False where the project's scope keeps its data on this machine and the model is elsewhere. */
  allowed: boolean;
};

type Parts = Pick<Workbench, 'stores' | 'providers' | 'prices' | 'modelFacts'>;

/** The models that answer now, with what their providers or else their names tell of them; for a project also whether its scope lets its data go there. */
export async function listModels(
  { stores, providers, prices, modelFacts }: Parts,
  project: Project | null,
  options: { refresh: boolean; purpose?: ModelPurpose },
): Promise<ListedModel[]> {
  const [scope, models, speeds, table] = await Promise.all([
    project === null ? null : stores.projects.scope(project.id),
    providers.models(options),
    stores.results.speeds(),
    prices.table(),
  ]);
  const connections = [...new Set(models.map(({ connection }) => connection))];
  const answering = new Map(
    await Promise.all(connections.map(async (slug) => [slug, await providers.get(slug)] as const)),
  );
  const staysHere = scope !== null && !scope.dataMayLeave;
  return Promise.all(
    models.map(async (model) => {
      const known = await answering.get(model.connection)?.facts?.(model.name);
      const facts = known ?? factsByName(modelFacts, model.name);
      return {
        ...model,
        price: priceFor(table, model.reference, model),
        facts,
        sizeClass: sizeClassOf(facts.parameters),
        speed: speeds.get(model.reference) ?? null,
        allowed: !staysHere || model.destination !== 'network',
      };
    }),
  );
}
