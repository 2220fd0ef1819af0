import type { Application } from 'express';
import { groupedScorers } from '../../../evals/scorers/index.ts';
import { refusedOnline } from '../../services/monitor/online-refusal.ts';
import {
  listOnlineScoring,
  observationScores,
  onlineScoringView,
  startOnlineScoring,
  stopOnlineScoring,
} from '../../services/monitor/online-scoring.ts';
import { promisedAndShown } from '../../services/monitor/promised.ts';
import { promptQuality } from '../../services/monitor/quality.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindOnlineScoring(app: Application, workbench: Workbench): void {
  const path = '/api/projects/:project/prompts/:prompt/online-scoring' as const;
  handle(app, 'GET /api/projects/:project/online-scoring', async ({ params }) => ({
    prompts: await listOnlineScoring(workbench, await findProject(workbench, params.project)),
    scorers: groupedScorers.map(({ group, scorer }) => ({ name: scorer.name, group, refused: refusedOnline(scorer) })),
  }));
  handle(app, `PUT ${path}`, async ({ params: { project, prompt }, body }) => {
    const asked = { prompt, ...body };
    return onlineScoringView(
      await startOnlineScoring(workbench, await findProject(workbench, project), asked, new Date()),
    );
  });
  handle(app, `DELETE ${path}`, async ({ params: { project, prompt } }) => {
    await stopOnlineScoring(workbench, await findProject(workbench, project), prompt);
    return undefined;
  });
  handle(app, 'GET /api/projects/:project/prompts/:prompt/quality', async ({ params: { project, prompt }, query }) =>
    promptQuality(workbench, await findProject(workbench, project), prompt, query, new Date()),
  );
  handle(app, 'GET /api/projects/:project/prompts/:prompt/promised', async ({ params: { project, prompt }, query }) => {
    const asked = { days: query.days, now: new Date() };
    return { promised: await promisedAndShown(workbench, await findProject(workbench, project), prompt, asked) };
  });
  handle(app, 'GET /api/observations/:id/scores', async ({ params }) => ({
    scores: await observationScores(workbench, params.id),
  }));
}
