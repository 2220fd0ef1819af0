import type { Application, Request } from 'express';
import { groupedScorers } from '../../../evals/scorers/index.ts';
import { prepareScorers } from '../../domain/combine-scores.ts';
import { WhetstoneError } from '../../domain/errors.ts';
import type { ResultId, RunId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { scorerFileDescription } from '../../domain/scorer-file.ts';
import { listScorerFiles } from '../../formats/scorer-files.ts';
import { runBreakdown } from '../../services/evaluate/breakdown.ts';
import { comparedInFull, compareRunPair } from '../../services/evaluate/compare-runs.ts';
import { cancelRun, pauseRun, resumeRun, retryErrors } from '../../services/evaluate/control-run.ts';
import { exportFormats, exportResults } from '../../services/evaluate/export-results.ts';
import { iterationChart } from '../../services/evaluate/iteration-chart.ts';
import { planRun } from '../../services/evaluate/plan-run.ts';
import { resultCounts, resultDetail, resultPage } from '../../services/evaluate/results.ts';
import { retryResult } from '../../services/evaluate/retry-result.ts';
import { projectMatrix } from '../../services/evaluate/run-matrix.ts';
import { runOverview, runPage } from '../../services/evaluate/run-overview.ts';
import { runRepeats } from '../../services/evaluate/run-repeats.ts';
import { noTools } from '../../services/evaluate/scorer-tools.ts';
import { startRun } from '../../services/evaluate/start-run.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { openEventStream } from '../event-stream.ts';
import { nothingToWatch, streamRunEvents } from '../events.ts';
import { handle, respond } from '../handle.ts';
import { sendText } from '../send-text.ts';

/** As many as a breakdown has of each kind. */
const CHOICES = 40;
const mediaTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

export function bindRuns(app: Application, workbench: Workbench): void {
  const overview = (run: Run) => runOverview(workbench, run);
  handle(app, 'GET /api/projects/:project/runs', async ({ params, query }) =>
    runPage(workbench, await findProject(workbench, params.project), query),
  );
  handle(app, 'GET /api/projects/:project/runs/choices', async ({ params }) =>
    workbench.stores.runLists.choices((await findProject(workbench, params.project)).id),
  );
  handle(app, 'GET /api/projects/:project/matrix', async ({ params, query }) =>
    projectMatrix(workbench, await findProject(workbench, params.project), query),
  );
  handle(app, 'POST /api/projects/:project/runs/plan', async ({ params, body }) =>
    planRun(workbench, await findProject(workbench, params.project), body),
  );
  handle(app, 'POST /api/projects/:project/runs', async ({ params, body }) =>
    overview(await startRun(workbench, await findProject(workbench, params.project), body)),
  );
  handle(app, 'GET /api/projects/:project/chart', async ({ params, query }) =>
    iterationChart(workbench, await findProject(workbench, params.project), query),
  );
  handle(app, 'GET /api/runs/:run', async ({ params }) =>
    overview(await workbench.stores.runs.get(params.run as RunId)),
  );
  handle(app, 'POST /api/runs/:run/pause', async ({ params }) =>
    overview(await pauseRun(workbench, params.run as RunId)),
  );
  handle(app, 'POST /api/runs/:run/cancel', async ({ params }) =>
    overview(await cancelRun(workbench, params.run as RunId)),
  );
  handle(app, 'POST /api/runs/:run/resume', async ({ params }) =>
    overview((await resumeRun(workbench, params.run as RunId)).run),
  );
  handle(app, 'POST /api/runs/:run/retry-errors', async ({ params }) =>
    overview((await retryErrors(workbench, params.run as RunId)).run),
  );
  respond(app, 'GET /api/runs/:run/events', async ({ params }, request, response) => {
    const seen = lastEventId(request);
    if (await nothingToWatch(workbench, params.run as RunId, seen)) {
      // By the standard, what tells a browser not to come back.
      response.status(204).end();
      return;
    }
    await streamRunEvents(workbench, params.run as RunId, seen, openEventStream(response));
  });
  bindResults(app, workbench);
}

function bindResults(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/runs/:run/results', async ({ params, query: { after, ...filter } }) => {
    const run = await workbench.stores.runs.get(params.run as RunId);
    return resultPage(workbench, run.id, { ...filter, after: after as ResultId | undefined });
  });
  handle(app, 'GET /api/runs/:run/result-counts', async ({ params, query }) => {
    const run = await workbench.stores.runs.get(params.run as RunId);
    return resultCounts(workbench, run.id, query);
  });
  handle(app, 'GET /api/runs/:run/result-choices', async ({ params, query }) => {
    const run = await workbench.stores.runs.get(params.run as RunId);
    return { choices: await workbench.stores.results.choices(run.id, { ...query, limit: CHOICES }) };
  });
  handle(app, 'GET /api/runs/:run/result-place', async ({ params, query: { result, ...criteria } }) => {
    const run = await workbench.stores.runs.get(params.run as RunId);
    return { place: await workbench.stores.results.placeOf(run.id, criteria, result as ResultId) };
  });
  handle(app, 'GET /api/runs/:run/breakdown', ({ params }) => runBreakdown(workbench, params.run as RunId));
  handle(app, 'GET /api/runs/:run/repeats', ({ params }) => runRepeats(workbench, params.run as RunId));
  for (const format of exportFormats) {
    respond(app, `GET /api/runs/:run/results.${format}`, async ({ params, query }, _request, response) => {
      const run = await workbench.stores.runs.get(params.run as RunId);
      response.attachment(`run-${run.id}.${format}`).type(mediaTypes[format]);
      await sendText(response, exportResults(workbench, run.id, format, query));
    });
  }
  handle(app, 'POST /api/results/:id/retry', ({ params }) => retryResult(workbench, params.id as ResultId));
  handle(app, 'GET /api/results/:id', ({ params }) => resultDetail(workbench, params.id as ResultId));
  handle(app, 'GET /api/compare/:a/:b', async ({ params, query }) =>
    comparedInFull(workbench, await compareRunPair(workbench, params.a as RunId, params.b as RunId, query.split)),
  );
  handle(app, 'POST /api/scorers/check', async ({ body }) => ({ problem: problemOf(body) }));
  handle(app, 'GET /api/scorers', async () => ({
    directory: workbench.scorersDirectory,
    files: (await listScorerFiles(workbench.scorersDirectory)).map(({ name, source }) => ({
      name,
      description: scorerFileDescription(source),
    })),
    scorers: groupedScorers.map(({ group, scorer: { name, description, argument, needs = null } }) => ({
      group,
      name,
      description,
      argument,
      needs,
    })),
  }));
}

/** What is wrong with a scorer's argument; null where nothing is. */
function problemOf(spec: ScorerSpec): { code: string; message: string } | null {
  try {
    prepareScorers([spec], noTools, null);
    return null;
  } catch (error) {
    if (!(error instanceof WhetstoneError)) throw error;
    return { code: error.code, message: error.message };
  }
}

function lastEventId(request: Request): number {
  const given = request.get('Last-Event-ID') ?? '';
  return /^\d{1,15}$/.test(given) ? Number(given) : 0;
}
