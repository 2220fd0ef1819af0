import type { Application } from 'express';
import { invalid } from '../../domain/errors.ts';
import { auditSet } from '../../services/evaluate/label-audit.ts';
import { decideLabels } from '../../services/evaluate/label-decisions.ts';
import { labelEffect } from '../../services/evaluate/label-effect.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { closedSignal } from '../closed-signal.ts';
import { handle } from '../handle.ts';

export function bindLabelAudit(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/projects/:project/sets/:set/audit', async ({ params, query }, request) => {
    const signal = closedSignal(request, cancelled);
    return auditSet(workbench, await findProject(workbench, params.project), params.set, { ...query, signal });
  });
  handle(app, 'POST /api/projects/:project/sets/:set/audit/effect', async ({ params, body }) => ({
    runs: await labelEffect(workbench, await findProject(workbench, params.project), params.set, body.decisions),
  }));
  handle(app, 'POST /api/projects/:project/sets/:set/audit/decisions', async ({ params, body }) =>
    decideLabels(workbench, await findProject(workbench, params.project), params.set, body),
  );
}

const cancelled = () => invalid('audit_cancelled', 'Nobody waits for the audit any more.');
