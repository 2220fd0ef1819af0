import express, { type Application } from 'express';
import type { Logger } from 'pino';
import { missing } from '../domain/errors.ts';
import type { Workbench } from '../services/workbench.ts';
import { answerErrors } from './errors.ts';
import { identified } from './identity.ts';
import { bindOpenAiCompatible } from './openai-compatible.ts';
import { openApiDocument } from './openapi.ts';
import { bindOtlp } from './otlp.ts';
import { bindAlerts } from './routes/alerts.ts';
import { bindBaseline } from './routes/baseline.ts';
import { bindBatches } from './routes/batches.ts';
import { bindComments } from './routes/comments.ts';
import { bindComparisons } from './routes/comparisons.ts';
import { bindCosts } from './routes/costs.ts';
import { bindDeploy } from './routes/deploy.ts';
import { bindFailures } from './routes/failures.ts';
import { bindImprove } from './routes/improve.ts';
import { bindJudges } from './routes/judges.ts';
import { bindKeptRuns } from './routes/kept-runs.ts';
import { bindLabelAudit } from './routes/label-audit.ts';
import { bindLocalModels } from './routes/local-models.ts';
import { bindModels } from './routes/models.ts';
import { bindMonitor } from './routes/monitor.ts';
import { bindObservedCases } from './routes/observed-cases.ts';
import { bindOnlineScoring } from './routes/online-scoring.ts';
import { bindPeople } from './routes/people.ts';
import { bindPrices } from './routes/prices.ts';
import { bindPrototype } from './routes/prototype.ts';
import { bindRedaction } from './routes/redaction.ts';
import { bindReleaseRequests } from './routes/release-requests.ts';
import { bindRuns } from './routes/runs.ts';
import { bindScope } from './routes/scope.ts';
import { bindScorings } from './routes/scorings.ts';
import { bindSetImports } from './routes/set-imports.ts';
import { bindSets } from './routes/sets.ts';
import { bindStart } from './routes/start.ts';
import { bindTraces } from './routes/traces.ts';
import { security } from './security.ts';
import { servePages } from './static-pages.ts';

/** Express tries one route after another: what programs call comes first. */
const stages = [
  bindDeploy,
  bindMonitor,
  bindScope,
  bindStart,
  bindPrototype,
  bindSets,
  bindSetImports,
  bindLabelAudit,
  bindRuns,
  bindScorings,
  bindBatches,
  bindComparisons,
  bindComments,
  bindJudges,
  bindKeptRuns,
  bindBaseline,
  bindImprove,
  bindFailures,
  bindReleaseRequests,
  bindTraces,
  bindOnlineScoring,
  bindRedaction,
  bindAlerts,
  bindObservedCases,
  bindModels,
  bindPrices,
  bindCosts,
  bindLocalModels,
  bindPeople,
];

export type AppOptions = {
  /** Folder of the built pages. */
  pages: string;
  log: Logger;
};

/** Everything that answers HTTP: the interface under `/api`, and the pages. */
export function createApp(workbench: Workbench, { pages, log }: AppOptions): Application {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(security);
  app.use('/api', identified(workbench));
  for (const bind of stages) bind(app, workbench);
  bindOtlp(app, workbench, log);
  bindOpenAiCompatible(app, workbench, log);
  const document = openApiDocument(workbench.codeVersion);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use('/api', (request) => {
    throw missing(
      'route_missing',
      `There is no ${request.method} ${request.baseUrl}${request.path}. /api/openapi.json lists what there is.`,
    );
  });
  servePages(app, pages);
  app.use(answerErrors(log, workbench));
  return app;
}
