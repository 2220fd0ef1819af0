import express, { type Application, type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { readOtlpTraces } from '../formats/otlp.ts';
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
 * Takes traces as any OpenTelemetry SDK sends them by OTLP/HTTP in JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Like reporting observations
 * it needs no token.
 */
export function bindOtlp(app: Application, workbench: Workbench, log: Logger): void {
  app.post('/v1/traces', express.json({ limit }), async (request: Request, response: Response) => {
    const sent = readOtlpTraces(request.body);
    if (sent === null) {
      if (!request.is('application/json')) throw new HttpError(415, 'content_type_refused', useJson);
      throw new HttpError(400, 'request_invalid', 'The body is no ExportTraceServiceRequest of OTLP.');
    }
    const { accepted, rejected, problems } = await recordTraces(workbench, sent, headerOf(request));
    const said =
      problems.slice(0, SAID).join(' ') + (problems.length > SAID ? ` And ${problems.length - SAID} more.` : '');
    if (accepted === 0 && rejected > 0) throw new HttpError(400, 'spans_rejected', said);
    // Clients take the field for something to say to people, so it is left out where all is well.
    response.json(said === '' ? {} : { partialSuccess: { rejectedSpans: String(rejected), errorMessage: said } });
  });
  app.use('/v1/traces', answerOtlpErrors(log, workbench));
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
