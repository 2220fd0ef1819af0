import type { Request } from 'express';
import type { Logger } from 'pino';
import { Redactor } from '../domain/redaction/redactor.ts';
import { compileRules, detectingAll } from '../domain/redaction/rules.ts';
import { redactorOfAll } from '../services/monitor/redaction.ts';
import type { Workbench } from '../services/workbench.ts';

const everyDetector = compileRules(detectingAll);

/**
 * Logs what nobody foresaw: where it happened, without the query, and what it says. Messages of errors may quote what was sent, so they pass the redaction rules of
 * every project.
 */
export async function logFailure(
  log: Logger,
  workbench: Pick<Workbench, 'stores'>,
  error: unknown,
  request: Request,
): Promise<void> {
  const { method, baseUrl, path } = request;
  // Where not even the rules can be read, by all kinds of data that are known.
  const redactor = await redactorOfAll(workbench).catch(() => new Redactor(everyDetector));
  log.error({ err: told(error, redactor), method, path: redactor.text(`${baseUrl}${path}`) }, 'request failed');
}

/** The error and its causes as text alone: other fields may hold bodies. */
function told(error: unknown, redactor: Redactor): Error {
  if (!(error instanceof Error)) return new Error(redactor.text(String(error)));
  const cause = error.cause === undefined ? undefined : { cause: told(error.cause, redactor) };
  const copy = new Error(redactor.text(error.message), cause);
  copy.name = error.constructor.name;
  copy.stack = redactor.text(error.stack ?? error.message);
  return copy;
}
