import type { Application } from 'express';
import { addConnection, removeConnection, setConnectionLimits } from '../../services/models/connections.ts';
import { listModels } from '../../services/models/list-models.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindModels(app: Application, workbench: Workbench): void {
  const said = ({ date, source }: { date: string; source: string }) => ({ date, source });
  const tables = { prices: said(workbench.prices.shipped), facts: said(workbench.modelFacts) };
  handle(app, 'GET /api/models', async ({ query: { project, ...options } }) => ({
    models: await listModels(workbench, project === undefined ? null : await findProject(workbench, project), options),
    tables,
  }));
  handle(app, 'GET /api/connections', async ({ query }) => ({
    connections: await workbench.providers.connections(query),
  }));
  handle(app, 'POST /api/connections', ({ body }) => addConnection(workbench, body));
  handle(app, 'PUT /api/connections/:slug/limits', ({ params, body }) =>
    setConnectionLimits(workbench, params.slug, body),
  );
  handle(app, 'DELETE /api/connections/:slug', async ({ params }) => {
    await removeConnection(workbench, params.slug);
    return undefined;
  });
  handle(app, 'GET /api/about', async () => ({
    version: workbench.codeVersion,
    dataDirectory: workbench.dataDirectory,
  }));
}
