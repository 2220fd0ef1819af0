import type { Application } from 'express';
import { invalid } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import {
  listCategoryChanges,
  renameCategories,
  sortFailures,
  undoCategoryChange,
} from '../../services/improve/category-changes.ts';
import { categoryTrend, runCategories } from '../../services/improve/category-trend.ts';
import { nextImprovement } from '../../services/improve/next-improvement.ts';
import { suggestGroups } from '../../services/improve/suggest-groups.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { closedSignal } from '../closed-signal.ts';
import { handle } from '../handle.ts';

export function bindFailures(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/runs/:run/categories', ({ params }) => runCategories(workbench, params.run as RunId));
  handle(app, 'GET /api/runs/:run/category-trend', ({ params }) => categoryTrend(workbench, params.run as RunId));
  handle(app, 'GET /api/runs/:run/next-improvement', async ({ params }) => ({
    improvement: await nextImprovement(workbench, params.run as RunId),
  }));
  handle(app, 'POST /api/runs/:run/failure-groups', ({ params, body: { model } }, request) =>
    suggestGroups(workbench, params.run as RunId, { model, signal: closedSignal(request, cancelled) }),
  );
  handle(app, 'POST /api/runs/:run/sorted-failures', ({ params, body }) =>
    sortFailures(workbench, params.run as RunId, body),
  );
  handle(app, 'GET /api/projects/:project/category-changes', async ({ params }) => ({
    changes: await listCategoryChanges(workbench, await findProject(workbench, params.project)),
  }));
  handle(app, 'POST /api/projects/:project/category-changes', async ({ params, body }) =>
    renameCategories(workbench, await findProject(workbench, params.project), body),
  );
  handle(app, 'POST /api/projects/:project/category-changes/:id/undo', async ({ params, body }) => ({
    results: await undoCategoryChange(workbench, await findProject(workbench, params.project), {
      id: params.id,
      author: body.author,
    }),
  }));
}

const cancelled = () => invalid('grouping_cancelled', 'Nobody waits for the groups any more.');
