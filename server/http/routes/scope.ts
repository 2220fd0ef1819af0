import type { Application } from 'express';
import { createProject } from '../../services/scope/create-project.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { holdoutSizes } from '../../services/scope/holdout-sizes.ts';
import { projectView } from '../../services/scope/project-view.ts';
import { saveScope } from '../../services/scope/save-scope.ts';
import { scopeHistory } from '../../services/scope/scope-versions.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindScope(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/projects', async () => {
    const projects = await workbench.stores.projects.list();
    return { projects: await Promise.all(projects.map((project) => projectView(workbench, project))) };
  });
  handle(app, 'POST /api/projects', async ({ body }) =>
    projectView(workbench, await createProject(workbench, body.name)),
  );
  handle(app, 'GET /api/projects/:project', async ({ params }) =>
    projectView(workbench, await findProject(workbench, params.project)),
  );
  handle(app, 'GET /api/projects/:project/scope-versions', async ({ params }) => {
    return scopeHistory(workbench, await findProject(workbench, params.project));
  });
  handle(app, 'GET /api/projects/:project/holdout-sizes', async ({ params }) => ({
    sets: await holdoutSizes(workbench, await findProject(workbench, params.project)),
  }));
  handle(app, 'PUT /api/projects/:project/scope', async ({ params, body }) => {
    const project = await findProject(workbench, params.project);
    await saveScope(workbench, project, body);
    return projectView(workbench, project);
  });
}
