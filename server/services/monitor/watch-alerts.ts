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
  do await watchOnce(workbench, new Date()).catch(report);
  while (await waited(lookEveryMs, signal));
}

/** One look at every project that has rules. */
export async function watchOnce(workbench: Parts, now: Date): Promise<void> {
  const { alerts, projects } = workbench.stores;
  for (const id of await alerts.watchedProjects()) {
    const project = await projects.get(id);
    await checkAlerts(workbench, project, now);
    await deliverAlerts(workbench, project, now);
  }
}
