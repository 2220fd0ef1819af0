export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * An error that a person can act on: `code` is stable and may be matched by programs, `message` says what happened and what to do.
 * The kind decides the HTTP status and the exit code.
 */
export class WhetstoneError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WhetstoneError';
    this.kind = kind;
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** `invalid`: what was given is wrong. `missing`: no such thing. `conflict`: it stands against the present state. `refused`: not allowed. `unidentified`: it must be known who asks. `unavailable`: something outside does not answer. */
export type ErrorKind = 'invalid' | 'missing' | 'conflict' | 'refused' | 'unidentified' | 'unavailable';

/** What was thrown, in its own words. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether the system refused with this code, such as ENOENT where a file is not there. */
export const hasErrorCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

type Options = { details?: ErrorDetails; cause?: unknown };

export const invalid = (code: string, message: string, options?: Options) =>
  new WhetstoneError('invalid', code, message, options);
export const missing = (code: string, message: string, options?: Options) =>
  new WhetstoneError('missing', code, message, options);
export const conflict = (code: string, message: string, options?: Options) =>
  new WhetstoneError('conflict', code, message, options);
export const refused = (code: string, message: string, options?: Options) =>
  new WhetstoneError('refused', code, message, options);
export const unavailable = (code: string, message: string, options?: Options) =>
  new WhetstoneError('unavailable', code, message, options);
export const unidentified = (code: string, message: string, options?: Options) =>
  new WhetstoneError('unidentified', code, message, options);
