import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { FailureCode } from '../domain/completion.ts';
import { ProviderError } from './provider.ts';
import { retryAfterMs } from './retry-after.ts';

/** The call that failed. */
export type CallContext = {
  /** The connection's, for people. */
  name: string;
  model: string | null;
  keyVariable: string | null;
  keyPresent: boolean;
  /** Hides keys and addresses. */
  mask: (text: string) => string;
};

type Reason = { code: FailureCode; message: string; retryable: boolean; retryAfterMs?: number | null };

/** What went wrong with a call, in words for people and without secrets. An error that is no failure of a call is given back as it is. */
export function callFailure(error: unknown, context: CallContext): unknown {
  if (error instanceof ProviderError || !(error instanceof Error)) return error;
  const reason = reasonOf(error, context);
  if (reason === null) return error;
  const { code, message, retryable } = reason;
  return new ProviderError(
    { code, message: context.mask(message) },
    { retryable, retryAfterMs: reason.retryAfterMs, cause: maskedCause(error, context.mask) },
  );
}

/** A reply that is not what a chat completion looks like. */
export const unreadable = (context: CallContext, detail: string, cause?: unknown): ProviderError =>
  new ProviderError(
    { code: 'unreadable_reply', message: context.mask(`The reply of ${context.name} can't be read: ${detail}.`) },
    { retryable: true, cause: cause instanceof Error ? maskedCause(cause, context.mask) : undefined },
  );

/** A stream that ended before its answer did. */
export const cutOff = (context: CallContext): ProviderError =>
  new ProviderError(
    { code: 'connection_lost', message: `The connection to ${context.name} ended in the middle of the answer.` },
    { retryable: true },
  );

/** A key that can't be sent in a header. fetch would say so, and quote it. */
export const unusableKey = ({ name, keyVariable }: CallContext): ProviderError =>
  new ProviderError(
    {
      code: 'unauthorized',
      message: `The value of ${keyVariable} holds characters that no key has, so ${name} was not asked. Set it again, without spaces inside.`,
    },
    { retryable: false },
  );

function reasonOf(error: Error, context: CallContext): Reason | null {
  if (error instanceof APIConnectionTimeoutError) return timedOut(context);
  if (error instanceof APIConnectionError) return connectionReason(error, context);
  if (error instanceof APIError) return statusReason(error, context);
  if (error instanceof SyntaxError)
    return { code: 'unreadable_reply', message: `The reply of ${context.name} is not valid JSON.`, retryable: true };
  // A body that breaks off is fetch's `TypeError: terminated`, with the socket's error as its cause.
  return error instanceof TypeError && error.cause instanceof Error ? connectionReason(error, context) : null;
}

const timedOut = ({ name }: CallContext): Reason => ({
  code: 'timeout',
  message: `${name} did not answer in time.`,
  retryable: true,
});

/** None of these gets better within the seconds that retries take; a run stops sooner and can be resumed. */
const unreachableCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address. Start it, or correct its base URL',
  ENOTFOUND: 'the host of its base URL is not known. Correct the address, or check the network of this machine',
  EHOSTUNREACH: 'there is no way to its host. Check the network of this machine',
  ENETUNREACH: 'there is no way to its host. Check the network of this machine',
};

function connectionReason(error: Error, context: CallContext): Reason {
  const code = systemCode(error) ?? '';
  const unreachable = unreachableCodes[code];
  if (unreachable !== undefined)
    return { code: 'unreachable', message: `${context.name} can't be reached: ${unreachable}.`, retryable: false };
  if (/CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO_VERIFY/.test(code))
    return {
      code: 'unreachable',
      message: `No secure connection to ${context.name}: its certificate was not accepted (${code}). Check the base URL, or give Node the certificate authority by NODE_EXTRA_CA_CERTS.`,
      retryable: false,
    };
  if (/TIMEOUT|TIMEDOUT/.test(code)) return timedOut(context);
  return { code: 'connection_lost', message: `The connection to ${context.name} was lost.`, retryable: true };
}

/** The first code along the causes, such as ECONNRESET. */
function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return systemCode(error.cause);
}

const tooLong = /context[ _-]?(length|size|window)|maximum context|prompt is too long|request too large/i;

function statusReason(error: APIError, context: CallContext): Reason {
  // Some gateways answer 200 and put the status into the error's code.
  const status = error.status ?? (Number(error.code) || 500);
  const words = wordsOf(error);
  const reason = namedReason(error, status, words, context) ?? plainReason(status, context);
  const waiting = error.headers === undefined ? null : retryAfterMs(error.headers, Date.now());
  return {
    ...reason,
    message: words === '' ? reason.message : `${reason.message} It said: ${words}`,
    retryAfterMs: reason.retryable ? waiting : null,
  };
}

/** Where the error's code or words say more than the status. */
function namedReason(error: APIError, status: number, words: string, { name, model }: CallContext): Reason | null {
  const coded = (...codes: string[]) => codes.includes(error.code ?? '') || codes.includes(error.type ?? '');
  if (
    coded('context_length_exceeded', 'exceed_context_size_error') ||
    status === 413 ||
    (status < 500 && tooLong.test(words))
  ) {
    const message = `The prompt is too long for ${model ?? name}. Shorten it, or choose a model that reads more.`;
    return { code: 'too_long', message, retryable: false };
  }
  if (coded('model_not_found', 'DeploymentNotFound') || (status === 404 && model !== null && /model/i.test(words))) {
    const message = `${name} has no model "${model}", or does not let this key use it. Choose one that it lists.`;
    return { code: 'model_not_found', message, retryable: false };
  }
  if (coded('insufficient_quota')) {
    const message = `The account of ${name} has no quota left. Check its plan and billing.`;
    return { code: 'rate_limited', message, retryable: false };
  }
  return null;
}

function plainReason(status: number, context: CallContext): Reason {
  const { name } = context;
  if (status === 401 || status === 403)
    return { code: 'unauthorized', message: keyAdvice(status, context), retryable: false };
  if (status === 404) {
    const message = `The address of ${name} offers no chat models. Correct its base URL: it usually ends in /v1.`;
    return { code: 'unreachable', message, retryable: false };
  }
  if (status === 408) return timedOut(context);
  if (status === 429) return { code: 'rate_limited', message: `${name} asks for fewer calls.`, retryable: true };
  if (status >= 500)
    return { code: 'server_error', message: `${name} failed on its side (${status}).`, retryable: true };
  if (status < 400) {
    const message = `${name} redirects to another address, and data goes only where you said. Set its base URL to the final one.`;
    return { code: 'refused_request', message, retryable: false };
  }
  return { code: 'refused_request', message: `${name} refused the request (${status}).`, retryable: false };
}

function keyAdvice(status: number, { name, keyVariable, keyPresent }: CallContext): string {
  if (keyVariable === null)
    return `${name} asks for a key. Give the connection the name of the variable that holds one.`;
  if (!keyPresent) return `${name} asks for a key. Set ${keyVariable} in the environment or in .env.`;
  return status === 401
    ? `${name} does not accept the key in ${keyVariable}. Set a valid one in the environment or in .env.`
    : `${name} does not allow this with the key in ${keyVariable}.`;
}

const mostWords = 500;

/** The server's own words; a page of HTML is shortened to what is readable of it. */
function wordsOf(error: APIError): string {
  const words = error.message
    .replace(/^\d{3} /, '')
    .replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > mostWords ? `${words.slice(0, mostWords)}…` : words;
}

/** The error and its causes as text alone: the originals hold headers and bodies, and with them keys. */
function maskedCause(error: Error, mask: (text: string) => string): Error {
  const cause = error.cause instanceof Error ? { cause: maskedCause(error.cause, mask) } : undefined;
  const masked = new Error(mask(error.message), cause);
  masked.name = error.constructor.name;
  masked.stack = mask(error.stack ?? error.message);
  return masked;
}
