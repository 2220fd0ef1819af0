import type { Application } from 'express';
import { casesFromObservations } from '../../services/monitor/cases-from-observations.ts';
import { observationCandidates } from '../../services/monitor/observation-candidates.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindObservedCases(app: Application, workbench: Workbench): void {
  handle(app, 'POST /api/projects/:project/sets/:set/observed-cases/preview', async ({ params, body }) =>
    observationCandidates(workbench, await findProject(workbench, params.project), params.set, body),
  );
  handle(app, 'POST /api/projects/:project/sets/:set/observed-cases', async ({ params, body }) =>
    casesFromObservations(workbench, await findProject(workbench, params.project), params.set, body),
  );
}
