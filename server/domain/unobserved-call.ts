import { type FailureCode, failureCodes } from './completion.ts';
import type { ProjectId, ReleaseId, UnobservedCallId } from './ids.ts';

export const callFailures = [...failureCodes, 'other'] as const;
/** Why a production call gave no answer; `other` where that is not known. */
export type CallFailure = (typeof callFailures)[number];

/** A production call that left no answer to look at: it is no observation, and never a wrong answer. */
export type UnobservedCall = {
  id: UnobservedCallId;
  projectId: ProjectId;
  releaseId: ReleaseId | null;
  /** Null where it was answered, and what was answered is not recorded. */
  failure: CallFailure | null;
  /** What was said of the failure. */
  message: string;
  /** `connection/name`; null where that was not said. */
  model: string | null;
  /** The span that reported it, by its trace. */
  traceId: string | null;
  spanId: string | null;
  createdAt: string;
};

const isFailureCode = (code: string): code is FailureCode => failureCodes.some((known) => known === code);

/** The code of an error of this workbench as a kind of failed call. */
export function callFailureOf(code: string): CallFailure {
  if (code === 'connection_key_missing') return 'unauthorized';
  return isFailureCode(code) ? code : 'other';
}

/** In this order: "APIConnectionTimeoutError" is a timeout. */
const kinds: readonly [RegExp, CallFailure][] = [
  [/^429$|rate.?limit|too.?many.?requests|resource.?exhausted|throttl|insufficient.?quota/i, 'rate_limited'],
  [/^(408|504)$|time.?d?.?out|deadline/i, 'timeout'],
  [/^(401|403)$|auth|permission|forbidden|access.?denied/i, 'unauthorized'],
  [/^404$|not.?found$|notfounderror/i, 'model_not_found'],
  [/^5\d\d$|internal|unavailable|overloaded|bad.?gateway|server.?error/i, 'server_error'],
  [/refused$|enotfound|ehostunreach|eai_again|dns/i, 'unreachable'],
  [/connect|econn|epipe|socket|network/i, 'connection_lost'],
  [/context.?length|too.?long|^413$/i, 'too_long'],
  [/^4\d\d$|bad.?request|invalid|unprocessable|content.?(filter|policy)/i, 'refused_request'],
];

/** What a program says of a failure (OpenTelemetry's `error.type`: a status or the name of an exception) as a kind of failed call. */
export function callFailureSaid(said: readonly unknown[]): CallFailure {
  for (const text of said) {
    const found = kinds.find(([pattern]) => pattern.test(String(text ?? '').slice(0, 200)));
    if (found !== undefined) return found[1];
  }
  return 'other';
}
