import type { Application } from 'express';
import { redactionView, saveRedaction, tryRedaction } from '../../services/monitor/redaction-rules.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindRedaction(app: Application, workbench: Workbench): void {
  const project = (name: string) => findProject(workbench, name);
  const { storedRedactions } = workbench;
  handle(app, 'GET /api/projects/:project/redaction', async ({ params }) =>
    redactionView(workbench, await project(params.project)),
  );
  handle(app, 'PUT /api/projects/:project/redaction', async ({ params, body }) =>
    saveRedaction(workbench, await project(params.project), body),
  );
  handle(app, 'POST /api/projects/:project/redaction/try', async ({ params, body }) =>
    tryRedaction(workbench, await project(params.project), body),
  );
  handle(app, 'GET /api/projects/:project/redaction/stored', async ({ params }) =>
    storedRedactions.state(await project(params.project)),
  );
  handle(app, 'POST /api/projects/:project/redaction/stored', async ({ params, body }) =>
    storedRedactions.start(await project(params.project), body.author),
  );
  handle(app, 'DELETE /api/projects/:project/redaction/stored', async ({ params }) =>
    storedRedactions.stop(await project(params.project)),
  );
}
