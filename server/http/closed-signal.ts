import type { Request } from 'express';
import type { WhetstoneError } from '../domain/errors.ts';

/** Aborted, with this error, where the page no longer waits for the answer. */
export function closedSignal(request: Request, reason: () => WhetstoneError): AbortSignal {
  const controller = new AbortController();
  request.res?.once('close', () => controller.abort(reason()));
  return controller.signal;
}
