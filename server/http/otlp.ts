import express, { type Application, type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { readOtlpTraces } from '../formats/otlp.ts';
import { readOtlpLogs } from '../formats/otlp-logs.ts';
import { recordMessages, type TraceReport } from '../services/monitor/record-messages.ts';
import { recordTraces } from '../services/monitor/record-traces.ts';
import type { Workbench } from '../services/workbench.ts';
import { HttpError, problemOf } from './errors.ts';
import { logFailure } from './log-failure.ts';

/** As the specification recommends; it holds for what is unpacked as well. */
const limit = '20mb';
/** Of the problems of one request, so many are said. */
const SAID = 5;

const useJson =
  'Traces are taken as JSON: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json (in Python OTEL_TRACES_EXPORTER=otlp_json_http).';

/**
 * Takes traces as any OpenTelemetry SDK sends them by OTLP/HTTP in JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp), and of logs the messages of
 * models' calls, which some instrumentations report there. Like reporting observations it needs no token.
 */
export function bindOtlp(app: Application, workbench: Workbench, log: Logger): void {
  app.post('/v1/traces', express.json({ limit }), async (request: Request, response: Response) => {
    const sent = readOtlpTraces(request.body) ?? refuse(request, 'ExportTraceServiceRequest');
    answer(response, await recordTraces(workbench, sent, headerOf(request)), 'rejectedSpans');
  });
  app.post('/v1/logs', express.json({ limit }), async (request: Request, response: Response) => {
    const sent = readOtlpLogs(request.body) ?? refuse(request, 'ExportLogsServiceRequest');
    answer(response, await recordMessages(workbench, sent, headerOf(request)), 'rejectedLogRecords');
  });
  app.use(['/v1/traces', '/v1/logs'], answerOtlpErrors(log, workbench));
}

function refuse(request: Request, wanted: string): never {
  if (!request.is('application/json')) throw new HttpError(415, 'content_type_refused', useJson);
  throw new HttpError(400, 'request_invalid', `The body is no ${wanted} of OTLP.`);
}

/** Clients take `partialSuccess` for something to say to people, so it is left out where all is well. */
function answer(response: Response, { accepted, rejected, problems }: TraceReport, field: string): void {
  const more = problems.length > SAID ? ` And ${problems.length - SAID} more.` : '';
  const said = problems.slice(0, SAID).join(' ') + more;
  if (accepted === 0 && rejected > 0) throw new HttpError(400, 'nothing_taken', said);
  response.json(said === '' ? {} : { partialSuccess: { [field]: String(rejected), errorMessage: said } });
}

const headerOf = (request: Request): string | null => request.get('x-whetstone-project') || null;

/** Failures are a `Status` of gRPC, of which clients read the message. */
const answerOtlpErrors =
  (log: Logger, workbench: Workbench): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    const { status, code, message } = problemOf(error);
    if (code === 'internal_error') await logFailure(log, workbench, error, request);
    if (response.headersSent) return response.destroy();
    response.status(status).json({ message: code === 'content_type_refused' ? useJson : message });
  };
