import type { Application } from 'express';
import { caseFromObservation } from '../../services/monitor/case-from-observation.ts';
import { failedCalls } from '../../services/monitor/failed-calls.ts';
import { listObservations, observationView } from '../../services/monitor/list-observations.ts';
import { monitor } from '../../services/monitor/monitor.ts';
import { recordFailedCall } from '../../services/monitor/record-failure.ts';
import { giveFeedback, recordObservation } from '../../services/monitor/record-observation.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindMonitor(app: Application, workbench: Workbench): void {
  handle(app, 'POST /api/observations', async ({ body: { project, ...call } }) => {
    const observation = await recordObservation(workbench, await findProject(workbench, project), call);
    return observationView(workbench, observation);
  });
  handle(app, 'PATCH /api/observations/:id', async ({ params, body }) =>
    observationView(workbench, await giveFeedback(workbench, params.id, body)),
  );
  handle(app, 'GET /api/projects/:project/observations', async ({ params, query }) => ({
    observations: await listObservations(workbench, await findProject(workbench, params.project), query),
  }));
  handle(app, 'GET /api/projects/:project/monitor', async ({ params, query }) =>
    monitor(workbench, await findProject(workbench, params.project), { days: query.days, now: new Date() }),
  );
  handle(app, 'POST /api/failed-calls', async ({ body: { project, ...call } }) => {
    await recordFailedCall(workbench, await findProject(workbench, project), call);
    return undefined;
  });
  handle(app, 'GET /api/projects/:project/failed-calls', async ({ params, query }) =>
    failedCalls(workbench, await findProject(workbench, params.project), query, new Date()),
  );
  handle(app, 'POST /api/observations/:id/case', ({ params, body }) => caseFromObservation(workbench, params.id, body));
}
