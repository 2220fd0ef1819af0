import type { Application } from 'express';
import { listLocalModels } from '../../services/models/local-models.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindLocalModels(app: Application, workbench: Workbench): void {
  const { localModels, modelDownloads } = workbench;
  handle(app, 'GET /api/local-models', () => listLocalModels(workbench));
  handle(app, 'POST /api/local-models', ({ body }) => localModels.add(body.path, body.name));
  handle(app, 'POST /api/local-models/:name/fetch', ({ params, body }) => modelDownloads.start(params.name, body));
  handle(app, 'POST /api/local-models/:name/stop', ({ params }) => modelDownloads.stop(params.name));
  handle(app, 'DELETE /api/local-models/:name', async ({ params }) => {
    await modelDownloads.remove(params.name);
    return undefined;
  });
}
