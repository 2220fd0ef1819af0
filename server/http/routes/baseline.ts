import type { Application } from 'express';
import { baselineReport } from '../../services/evaluate/trained-baseline.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindBaseline(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/projects/:project/baseline', async ({ params, query }) =>
    baselineReport(workbench, await findProject(workbench, params.project), query),
  );
  handle(app, 'POST /api/projects/:project/baseline', async ({ params, body }) =>
    baselineReport(workbench, await findProject(workbench, params.project), { ...body, train: true }),
  );
}
