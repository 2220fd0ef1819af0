import type { Application } from 'express';
import type { RunId } from '../../domain/ids.ts';
import { changeRun, deleteRun, runDependents } from '../../services/evaluate/keep-run.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindKeptRuns(app: Application, workbench: Workbench): void {
  handle(app, 'PATCH /api/runs/:run', ({ params, body }) => changeRun(workbench, params.run as RunId, body));
  handle(app, 'GET /api/runs/:run/dependents', ({ params }) => runDependents(workbench, params.run as RunId));
  handle(app, 'DELETE /api/runs/:run', async ({ params, body }) => {
    await deleteRun(workbench, params.run as RunId, body.author);
    return undefined;
  });
}
