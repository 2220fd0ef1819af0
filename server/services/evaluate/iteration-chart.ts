import { type ChartBaseline, type ChartSeries, iterationSeries, setVersionsOf } from '../../domain/iteration-chart.ts';
import type { Project } from '../../domain/project.ts';
import type { RunFilter } from '../../domain/run-filter.ts';
import type { Workbench } from '../workbench.ts';
import { listRuns } from './run-overview.ts';
import { storedBaseline } from './trained-baseline.ts';

export type IterationChart = { target: number | null; series: ChartSeries[]; baselines: ChartBaseline[] };

/** The chart of a project: pass rate by iteration, with the scope's target and the trained classifiers. Runs that are still executing are not on it yet. */
export async function iterationChart(
  workbench: Workbench,
  project: Project,
  filter: Pick<RunFilter, 'archived'> = { archived: 'without' },
): Promise<IterationChart> {
  const scope = await workbench.stores.projects.scope(project.id);
  const runs = (await listRuns(workbench, project, filter))
    .filter((run) => run.status === 'completed' || run.status === 'failed')
    .reverse();
  const series = iterationSeries(runs);
  const baselines = await chartBaselines(workbench, project, series);
  return { target: scope?.targetPassRate ?? null, series, baselines };
}

async function chartBaselines(
  workbench: Workbench,
  project: Project,
  series: readonly ChartSeries[],
): Promise<ChartBaseline[]> {
  const found: ChartBaseline[] = [];
  for (const { set: slug, setVersion } of setVersionsOf(series)) {
    const set = await workbench.stores.evalSets.find(project.id, slug);
    const version = set && (await workbench.stores.evalSets.version(set.id, setVersion));
    const stored = version && (await storedBaseline(workbench, version));
    if (stored) found.push({ set: slug, setVersion, labelsUsed: stored.labelsUsed, ...stored.dev });
  }
  return found;
}
