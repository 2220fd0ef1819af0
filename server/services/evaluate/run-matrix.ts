import type { Project } from '../../domain/project.ts';
import type { SplitChoice } from '../../domain/run.ts';
import { type MatrixScope, type RunMatrix, runMatrix } from '../../domain/run-matrix.ts';
import type { Workbench } from '../workbench.ts';
import { findSet, numberedVersion } from './list-sets.ts';
import { listRuns, type RunOverview } from './run-overview.ts';

export type ProjectMatrix = {
  /** Null where the project has no run. */
  scope: MatrixScope | null;
  /** Cases of the set version and split: what the n of each cell is out of. */
  cases: number;
  /** What a run that is started now would take. */
  newestSetVersion: number | null;
  target: number | null;
  /** Versions of each set that were run on, newest first. */
  sets: { set: string; versions: number[] }[];
} & RunMatrix;

/**
 * What each version reached with each model on one set version and split; where nothing is said, on what the newest run was made on. Archived runs are
 * left out. Throws `eval_set_missing`, `eval_set_version_missing`.
 */
export async function projectMatrix(
  workbench: Workbench,
  project: Project,
  wanted: { set?: string; version?: number; split: SplitChoice },
): Promise<ProjectMatrix> {
  const { evalSets, projects } = workbench.stores;
  const runs = await listRuns(workbench, project, { archived: 'without' });
  const target = (await projects.scope(project.id))?.targetPassRate ?? null;
  const slug = wanted.set ?? runs[0]?.set;
  if (slug === undefined)
    return { scope: null, cases: 0, newestSetVersion: null, target, sets: [], models: [], rows: [] };
  const set = await findSet(workbench, project, slug);
  const newest = await evalSets.version(set.id, null);
  const number = wanted.version ?? runs.find((run) => run.set === set.slug)?.setVersion;
  const version = number === undefined ? newest : await numberedVersion(workbench, set, number);
  const scope = { set: set.slug, setVersion: version?.number ?? 0, split: wanted.split };
  return {
    scope,
    cases: version === null ? 0 : await evalSets.countCases(version, { split: wanted.split }),
    newestSetVersion: newest?.number ?? null,
    target,
    sets: versionsRun(runs),
    ...runMatrix(runs, scope, await newestVersions(workbench, project)),
  };
}

function versionsRun(runs: readonly RunOverview[]): ProjectMatrix['sets'] {
  return [...Map.groupBy(runs, ({ set }) => set)].map(([set, own]) => ({
    set,
    versions: [...new Set(own.map(({ setVersion }) => setVersion))].sort((a, b) => b - a),
  }));
}

async function newestVersions({ stores }: Workbench, project: Project): Promise<{ prompt: string; version: number }[]> {
  const found: { prompt: string; version: number }[] = [];
  for (const { id, slug } of await stores.prompts.list(project.id)) {
    const version = await stores.prompts.version(id, null);
    if (version !== null) found.push({ prompt: slug, version: version.number });
  }
  return found;
}
