import type { Application } from 'express';
import { reviewResult } from '../../services/improve/review-result.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindImprove(app: Application, workbench: Workbench): void {
  handle(app, 'PUT /api/results/:id/review', async ({ params, body }) => {
    const { category, note, verdict, author, createdAt } = await reviewResult(workbench, params.id, body);
    return { category, note, verdict, author, createdAt };
  });
  handle(app, 'GET /api/projects/:project/categories', async ({ params }) => {
    const project = await findProject(workbench, params.project);
    return { categories: await workbench.stores.reviews.categories(project.id) };
  });
}
