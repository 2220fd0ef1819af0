import { type ChartSeries, iterationSeries } from '../../domain/iteration-chart.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';
import { listRuns } from './run-overview.ts';

/** The chart of a project: pass rate by iteration, with the scope's target. Runs that are still executing are not on it yet. */
export async function iterationChart(
  workbench: Workbench,
  project: Project,
): Promise<{ target: number | null; series: ChartSeries[] }> {
  const scope = await workbench.stores.projects.scope(project.id);
  const runs = (await listRuns(workbench, project))
    .filter((run) => run.status === 'completed' || run.status === 'failed')
    .reverse();
  return { target: scope?.targetPassRate ?? null, series: iterationSeries(runs) };
}
