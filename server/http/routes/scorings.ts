import type { Application } from 'express';
import type { RunId } from '../../domain/ids.ts';
import { runOverview } from '../../services/evaluate/run-overview.ts';
import {
  compareScorings,
  countScoring,
  listScorings,
  planScoring,
  scoringProgress,
} from '../../services/evaluate/scorings.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindScorings(app: Application, workbench: Workbench): void {
  const { scoringRunner } = workbench;
  handle(app, 'POST /api/runs/:run/rescore', async ({ params, body }) => {
    await scoringRunner.start(params.run as RunId, body);
    return scoringProgress(workbench, params.run as RunId);
  });
  handle(app, 'POST /api/runs/:run/rescore/plan', ({ params, body }) =>
    planScoring(workbench, params.run as RunId, body),
  );
  handle(app, 'GET /api/runs/:run/scoring-job', async ({ params }) => ({
    job: await scoringProgress(workbench, params.run as RunId),
  }));
  handle(app, 'POST /api/runs/:run/scoring-job/stop', async ({ params }) => {
    await scoringRunner.stop(params.run as RunId);
    return scoringProgress(workbench, params.run as RunId);
  });
  handle(app, 'POST /api/runs/:run/scorings/:number/resume', async ({ params }) => {
    await scoringRunner.resume(params.run as RunId, params.number);
    return scoringProgress(workbench, params.run as RunId);
  });
  handle(app, 'GET /api/runs/:run/scorings', async ({ params }) => ({
    scorings: await listScorings(workbench, params.run as RunId),
  }));
  handle(app, 'POST /api/runs/:run/scorings/:number/count', async ({ params }) =>
    runOverview(workbench, await countScoring(workbench, params.run as RunId, params.number)),
  );
  handle(app, 'GET /api/runs/:run/scorings/compare', ({ params, query }) =>
    compareScorings(workbench, params.run as RunId, [query.from, query.to]),
  );
}
