import type { Application } from 'express';
import {
  confirmDraft,
  draftingEstimate,
  dropDraft,
  listDrafts,
  reopenDraft,
  startDrafting,
  stopDrafting,
} from '../../services/scope/draft-cases.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { addFirstCases, likenessOf } from '../../services/scope/first-cases.ts';
import { projectForecast } from '../../services/scope/project-forecast.ts';
import { proposePrompt } from '../../services/scope/propose-prompt.ts';
import { setSizes } from '../../services/scope/set-size.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindStart(app: Application, workbench: Workbench): void {
  const project = (name: string) => findProject(workbench, name);
  handle(app, 'GET /api/projects/:project/set-sizes', async ({ params, query }) =>
    setSizes(workbench, await project(params.project), query),
  );
  handle(app, 'GET /api/projects/:project/first-prompt', async ({ params, query }) =>
    proposePrompt(workbench, await project(params.project), query),
  );
  handle(app, 'GET /api/projects/:project/forecast', async ({ params, query }) =>
    projectForecast(workbench, await project(params.project), query),
  );
  handle(app, 'POST /api/projects/:project/first-cases', async ({ params, body }) =>
    addFirstCases(workbench, await project(params.project), body),
  );
  handle(app, 'POST /api/projects/:project/alike', async ({ params, body }) => ({
    alike: await likenessOf(workbench, await project(params.project), body),
  }));
  handle(app, 'GET /api/projects/:project/drafting-estimate', async ({ params, query }) =>
    draftingEstimate(workbench, await project(params.project), query),
  );
  handle(app, 'GET /api/projects/:project/draftings', async ({ params }) =>
    listDrafts(workbench, await project(params.project)),
  );
  handle(app, 'POST /api/projects/:project/draftings', async ({ params, body }) =>
    startDrafting(workbench, await project(params.project), body),
  );
  handle(app, 'POST /api/draftings/:id/stop', async ({ params }) => {
    await stopDrafting(workbench, params.id);
    return undefined;
  });
  handle(app, 'POST /api/case-drafts/:id/confirm', async ({ params, body }) =>
    confirmDraft(workbench, params.id, body),
  );
  handle(app, 'POST /api/case-drafts/:id/drop', async ({ params, body }) =>
    dropDraft(workbench, params.id, body.author),
  );
  handle(app, 'POST /api/case-drafts/:id/reopen', async ({ params }) => reopenDraft(workbench, params.id));
}
