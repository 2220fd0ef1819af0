import { categoryInterval } from '../../domain/category-interval.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Interval } from '../../domain/statistics/interval.ts';
import type { CategoryCount } from '../../storage/category-store.ts';
import { listRuns, type RunOverview, runOverview } from '../evaluate/run-overview.ts';
import type { Workbench } from '../workbench.ts';

/** How many of a run's cases failed for each reason. `interval` is of their share in all cases that were judged; its upper bound counts those that nobody sorted yet. */
export type RunCategories = {
  /** Cases that were judged. */
  n: number;
  /** Cases that failed, by any of their repeats. */
  failed: number;
  /** Of these, cases with a failure that nobody sorted yet. */
  unsorted: number;
  /** Most cases first. */
  categories: (CategoryCount & { interval: Interval })[];
  /** The same of a reason that nobody gave here. */
  noneInterval: Interval;
};
export type CategoryTrend = Pick<RunOverview, 'prompt' | 'set' | 'model' | 'split'> & {
  /** Oldest first. */
  iterations: (RunCategories & Pick<RunOverview, 'version' | 'setVersion' | 'createdAt'> & { run: RunId })[];
};

/** The newest iterations that are compared. */
const MOST_RUNS = 30;

/** Throws `run_missing`. */
export async function runCategories({ stores }: Pick<Workbench, 'stores'>, id: RunId): Promise<RunCategories> {
  const { n } = await stores.runs.summary((await stores.runs.get(id)).id);
  return countsOf({ stores }, id, n);
}

/** Reasons of failures over the iterations that are like a run: of the same prompt, set, cases and model. Throws `run_missing`. */
export async function categoryTrend(workbench: Workbench, id: RunId): Promise<CategoryTrend> {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  const { prompt, set, model, split } = await runOverview(workbench, run);
  const project = await stores.projects.get(run.projectId);
  const alike = { prompt, set, model, split, archived: 'without' as const };
  const runs = (await listRuns(workbench, project, alike)).filter((one) => one.n > 0 && one.endedAt !== null);
  const iterations = runs
    .slice(0, MOST_RUNS)
    .reverse()
    .map(async ({ id: one, n, version, setVersion, createdAt }) => ({
      ...(await countsOf({ stores }, one, n)),
      ...{ run: one, version, setVersion, createdAt },
    }));
  return { prompt, set, model, split, iterations: await Promise.all(iterations) };
}

async function countsOf({ stores }: Pick<Workbench, 'stores'>, run: RunId, n: number): Promise<RunCategories> {
  const { cases, categories } = await stores.categories.ofRun(run);
  const unsorted = categories.find(({ category }) => category === '')?.cases ?? 0;
  const interval = (count: number) => categoryInterval({ cases: count, unsorted, n });
  return {
    ...{ n, failed: cases, unsorted },
    categories: categories
      .filter(({ category }) => category !== '')
      .map((count) => ({ ...count, interval: interval(count.cases) })),
    noneInterval: interval(0),
  };
}
