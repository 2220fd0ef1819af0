import { categoryInterval } from '../../domain/category-interval.ts';
import { type CategoryShift, categoryShifts, type SortedCases } from '../../domain/category-shift.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
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
  /** What became of each reason since the iteration before this run, case by case. */
  since: CategoriesSince | null;
  iterations: (RunCategories & Pick<RunOverview, 'version' | 'setVersion' | 'createdAt'> & { run: RunId })[];
};

/** `unsorted`: failures of the two that have to be sorted before anything can be told; then there are no shifts. */
export type CategoriesSince = { run: RunId; version: number; unsorted: number; n: number; shifts: CategoryShift[] };

/** The newest iterations that are compared. */
const MOST_RUNS = 30;

/** Throws `run_missing`. */
export async function runCategories({ stores }: Pick<Workbench, 'stores'>, id: RunId): Promise<RunCategories> {
  const { n } = await stores.runs.summary((await stores.runs.get(id)).id);
  return countsOf({ stores }, id, n);
}

/** Reasons of failures over the iterations that are like a run: of the same prompt, set, cases, scorers and model. Throws `run_missing`. */
export async function categoryTrend(workbench: Workbench, id: RunId): Promise<CategoryTrend> {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  const { prompt, set, model, split, scorers } = await runOverview(workbench, run);
  const project = await stores.projects.get(run.projectId);
  const alike = { prompt, set, model, split, archived: 'without' as const };
  const runs = (await listRuns(workbench, project, alike)).filter(
    (one) => one.n > 0 && one.endedAt !== null && one.scorers.join('\n') === scorers.join('\n'),
  );
  const iterations = await Promise.all(
    runs
      .slice(0, MOST_RUNS)
      .reverse()
      .map(async ({ id: one, n, version, setVersion, createdAt }) => ({
        ...(await countsOf({ stores }, one, n)),
        run: one,
        version,
        setVersion,
        createdAt,
      })),
  );
  return { prompt, set, model, split, since: await sinceLast({ stores }, run, iterations), iterations };
}

/** Null where there is none before, and beyond dev: a look at holdout costs confidence, and is taken to decide, not to improve. */
async function sinceLast(
  { stores }: Pick<Workbench, 'stores'>,
  { id, settings: { split } }: Run,
  iterations: CategoryTrend['iterations'],
): Promise<CategoriesSince | null> {
  const place = iterations.findIndex(({ run }) => run === id);
  const [before, now] = [iterations[place - 1], iterations[place]];
  if (split !== 'dev' || before === undefined || now === undefined) return null;
  const { run, version } = before;
  const unsorted = before.unsorted + now.unsorted;
  if (unsorted > 0) return { run, version, unsorted, n: 0, shifts: [] };
  const [was, is] = [await sortedCases({ stores }, run), await sortedCases({ stores }, id)];
  return { run, version, unsorted, ...categoryShifts(was, is) };
}

async function sortedCases({ stores }: Pick<Workbench, 'stores'>, run: RunId): Promise<SortedCases> {
  const categories = await stores.categories.byCase(run);
  const judged = new Map<string, readonly string[]>();
  for (const [key, { repeats }] of await stores.caseOutcomes.ofRun(run, 'dev')) {
    if (!repeats.includes('error')) judged.set(key, categories.get(key) ?? []);
  }
  return judged;
}

async function countsOf({ stores }: Pick<Workbench, 'stores'>, run: RunId, n: number): Promise<RunCategories> {
  const { cases, categories } = await stores.categories.ofRun(run);
  const unsorted = categories.find(({ category }) => category === '')?.cases ?? 0;
  const interval = (count: number) => categoryInterval({ cases: count, unsorted, n });
  return {
    n,
    failed: cases,
    unsorted,
    categories: categories
      .filter(({ category }) => category !== '')
      .map((count) => ({ ...count, interval: interval(count.cases) })),
    noneInterval: interval(0),
  };
}
