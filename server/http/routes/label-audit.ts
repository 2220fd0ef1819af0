import type { Application } from 'express';
import { auditSet } from '../../services/evaluate/label-audit.ts';
import { decideLabels } from '../../services/evaluate/label-decisions.ts';
import { labelEffect } from '../../services/evaluate/label-effect.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindLabelAudit(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/projects/:project/sets/:set/audit', async ({ params, query }) =>
    auditSet(workbench, await findProject(workbench, params.project), params.set, query),
  );
  handle(app, 'POST /api/projects/:project/sets/:set/audit/effect', async ({ params, body }) => ({
    runs: await labelEffect(workbench, await findProject(workbench, params.project), params.set, body.decisions),
  }));
  handle(app, 'POST /api/projects/:project/sets/:set/audit/decisions', async ({ params, body }) =>
    decideLabels(workbench, await findProject(workbench, params.project), params.set, body),
  );
}
