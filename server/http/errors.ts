import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { type ErrorKind, WhetstoneError } from '../domain/errors.ts';
import type { Workbench } from '../services/workbench.ts';
import type { ErrorAnswer } from './contract/index.ts';
import { logFailure } from './log-failure.ts';

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  refused: 403,
  unidentified: 401,
  missing: 404,
  conflict: 409,
  unavailable: 503,
};

/** Where HTTP has a status that says more than the kind. */
const statusesOfCodes: Readonly<Record<string, number>> = { upload_too_large: 413 };

/** What is wrong with a request as HTTP, before any use case sees it. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
  }
}

/** Answers every error in the one shape. What nobody foresaw goes to the log and is answered without its internals. */
export const answerErrors =
  (log: Logger, workbench: Pick<Workbench, 'stores'>): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    const known = knownError(error);
    const begun = response.headersSent;
    if (known === null || begun) await logFailure(log, workbench, error, request);
    // Half an answer must not pass for a whole one.
    if (begun) return response.destroy();
    const { status, code, message, details } = known ?? unexpected;
    response.status(status).json({ error: { code, message, details } } satisfies ErrorAnswer);
  };

/** A failed call of a model as an answer of HTTP: what is its fault and not the request's is a gateway's error (RFC 9110, 15.6.3). */
export function failureError({ code, message }: { code: string; message: string }): HttpError {
  const status = { rate_limited: 429, timeout: 504, too_long: 400, refused_request: 400 }[code] ?? 502;
  return new HttpError(status, code, message);
}

/** What is answered of an error; one that nobody foresaw without its internals. */
export const problemOf = (error: unknown): Problem => knownError(error) ?? unexpected;

type Problem = { status: number } & ErrorAnswer['error'];

const unexpected: Problem = {
  status: 500,
  code: 'internal_error',
  message:
    'Something went wrong in Whetstone itself. Its log, in the terminal where it runs, says what; nothing was half stored.',
  details: {},
};

function knownError(error: unknown): Problem | null {
  if (error instanceof WhetstoneError) {
    const { kind, code, message, details } = error;
    return { status: statusesOfCodes[code] ?? statuses[kind], code, message, details: { ...details } };
  }
  if (error instanceof HttpError) {
    return { status: error.status, code: error.code, message: error.message, details: {} };
  }
  return error instanceof Error ? unreadable(error) : null;
}

/** What Express and its body parser throw about a request. */
function unreadable(error: Error & { status?: unknown; type?: unknown; limit?: unknown }): Problem | null {
  if (typeof error.status !== 'number' || error.status < 400 || error.status > 499) return null;
  if (error.type === 'entity.parse.failed') {
    return { status: 400, code: 'json_invalid', message: `The body is not JSON: ${error.message}.`, details: {} };
  }
  if (error.type === 'entity.too.large') {
    const limit = Number(error.limit);
    const message = `The body is larger than the ${Math.floor(limit / 1024 ** 2)} MB that are taken here. Send it in parts.`;
    return { status: 413, code: 'body_too_large', message, details: { limit } };
  }
  const message = `The request can't be read: ${error.message}.`;
  return { status: error.status, code: 'request_unreadable', message, details: {} };
}
