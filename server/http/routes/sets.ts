import type { Application } from 'express';
import { caseScorerProblem } from '../../services/evaluate/case-scorers.ts';
import { changeMatching } from '../../services/evaluate/change-matching.ts';
import { changeSet } from '../../services/evaluate/change-set.ts';
import { listCases, listSets, showSet } from '../../services/evaluate/list-sets.ts';
import { setPower } from '../../services/evaluate/set-power.ts';
import { compareSetVersions, restoreSetVersion } from '../../services/evaluate/set-versions.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindSets(app: Application, workbench: Workbench): void {
  const project = (name: string) => findProject(workbench, name);
  handle(app, 'GET /api/projects/:project/sets', async ({ params }) => ({
    sets: await listSets(workbench, await project(params.project)),
  }));
  handle(app, 'GET /api/projects/:project/sets/:set', async ({ params, query }) =>
    showSet(workbench, await project(params.project), params.set, query.version),
  );
  handle(app, 'GET /api/projects/:project/sets/:set/power', async ({ params }) =>
    setPower(workbench, await project(params.project), params.set),
  );
  handle(app, 'GET /api/projects/:project/sets/:set/cases', async ({ params, query }) =>
    listCases(workbench, await project(params.project), params.set, query),
  );
  handle(app, 'POST /api/projects/:project/sets/:set/changes', async ({ params, body }) =>
    changeSet(workbench, await project(params.project), params.set, body),
  );
  handle(app, 'POST /api/case-scorers/check', async ({ body }) => ({ problems: body.scorers.map(caseScorerProblem) }));
  handle(app, 'POST /api/projects/:project/sets/:set/change-matching', async ({ params, body }) =>
    changeMatching(workbench, await project(params.project), params.set, body),
  );
  handle(app, 'GET /api/projects/:project/sets/:set/compare', async ({ params, query }) =>
    compareSetVersions(workbench, await project(params.project), params.set, query),
  );
  handle(app, 'POST /api/projects/:project/sets/:set/restore', async ({ params, body }) =>
    restoreSetVersion(workbench, await project(params.project), params.set, body),
  );
}
