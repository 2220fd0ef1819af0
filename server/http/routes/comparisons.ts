import type { Application, Response } from 'express';
import type { RunId } from '../../domain/ids.ts';
import { reportPolicy } from '../../formats/html-report/index.ts';
import { casesOfSeveral, compareSeveral } from '../../services/evaluate/compare-several.ts';
import { comparisonReport, runReport } from '../../services/evaluate/html-report.ts';
import { metricsOfSeveral } from '../../services/evaluate/run-metrics.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle, respond } from '../handle.ts';

export function bindComparisons(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/comparisons', ({ query }) => compareSeveral(workbench, query.runs as RunId[], query.split));
  handle(app, 'GET /api/comparisons/metrics', async ({ query }) => ({
    pairs: await metricsOfSeveral(workbench, query.runs as RunId[], query.split),
  }));
  handle(app, 'GET /api/comparisons/cases', ({ query: { runs, ...wanted } }) =>
    casesOfSeveral(workbench, runs as RunId[], wanted),
  );
  respond(app, 'GET /api/runs/:run/report', async ({ params, query }, _request, response) => {
    sendReport(response, `run-${params.run}.html`, await runReport(workbench, params.run as RunId, query.language));
  });
  respond(app, 'GET /api/comparisons/report', async ({ query: { runs, split, language } }, _request, response) => {
    const report = await comparisonReport(workbench, runs as RunId[], split, language);
    sendReport(response, `runs-${runs.join('-')}.html`, report);
  });
}

/** To be kept as a file; opened from here it may do no more than from there. */
function sendReport(response: Response, name: string, html: string): void {
  response.set('Content-Security-Policy', `${reportPolicy}; frame-ancestors 'none'; sandbox`);
  response.attachment(name).type('text/html').send(html);
}
