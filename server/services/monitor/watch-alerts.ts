import type { ProjectId } from '../../domain/ids.ts';
import { waited } from '../evaluate/ask-until-answered.ts';
import type { Workbench } from '../workbench.ts';
import { checkAlerts } from './check-alerts.ts';
import { deliverAlerts } from './deliver-alerts.ts';

type Parts = Pick<Workbench, 'stores' | 'environment'>;
const lookEveryMs = 30_000;

/** Holds the rules of every project against what was observed, until the signal ends it. What fails is handed to `report`, and the next look comes all the same. */
export async function watchAlerts(
  workbench: Parts,
  signal: AbortSignal,
  report: (error: unknown) => void,
): Promise<void> {
  do await watchOnce(workbench, new Date(), report).catch(report);
  while (await waited(lookEveryMs, signal));
}

/** One look at every project that has rules; what fails in one of them is nothing to the others. */
export async function watchOnce(workbench: Parts, now: Date, report: (error: unknown) => void): Promise<void> {
  for (const id of await workbench.stores.alerts.watchedProjects())
    await watchProject(workbench, id, now).catch(report);
}

async function watchProject(workbench: Parts, id: ProjectId, now: Date): Promise<void> {
  const project = await workbench.stores.projects.get(id);
  await checkAlerts(workbench, project, now);
  await deliverAlerts(workbench, project, now);
}
