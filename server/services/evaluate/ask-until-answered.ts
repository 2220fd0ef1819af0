import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, mostTries } from '../../domain/backoff.ts';
import type { CompletionFailure } from '../../domain/completion.ts';
import type { PaceWait, StartedCall } from '../../domain/request-pacer.ts';
import { type CallOptions, type Provider, ProviderError } from '../../providers/provider.ts';

/** What came of asking: `dropped` when the asking was ended before there was an answer. `heldMs` were spent waiting for limits of the connection. */
export type Answered<Reply> =
  | { type: 'reply'; reply: Reply; calls: number; heldMs: number }
  | { type: 'failure'; failure: CompletionFailure; calls: number; heldMs: number }
  | { type: 'dropped' };

export type AskOptions = {
  /** Longest wait for one reply. */
  timeoutMs: number;
  /** Ends the call under way. */
  signal: AbortSignal;
  /** Ends the wait between two calls, and lets the call under way come to its end; `signal` unless said. */
  stopping?: AbortSignal;
  succeeded?: () => void;
  /** The server asked for fewer requests than when the call began. */
  throttled?: (calledAt: number, retryAfterMs: number | null) => void;
  /** A limit of the connection keeps the call from starting for now. */
  held?: (wait: PaceWait) => void;
};

/** One call of a model, and what it counts for where tokens a minute are limited: before it is made, and once there is a reply. */
export type ModelCall<Reply> = {
  expectedTokens: () => number;
  make: (options: CallOptions) => Promise<Reply>;
  usedTokens: (reply: Reply) => number;
};

/** A call that may start, and how it is said that it ended. */
type Entered = { started?: StartedCall; leave: (tokens: number | null) => void };
const ungated: Entered = { leave: () => undefined };

/** Makes a call as the limits of its connection allow, again where that may help, until there is a reply or it fails for good. */
export async function askUntilAnswered<Reply>(
  { gate }: Pick<Provider, 'gate'>,
  call: ModelCall<Reply>,
  options: AskOptions,
): Promise<Answered<Reply>> {
  const { signal, stopping = signal, succeeded, throttled } = options;
  let heldMs = 0;
  for (let calls = 1; ; calls += 1) {
    const askedAt = Date.now();
    const entered = gate === undefined ? ungated : await enter(gate, call.expectedTokens(), { ...options, stopping });
    if (entered === null) return { type: 'dropped' };
    const calledAt = Date.now();
    heldMs += calledAt - askedAt;
    try {
      const reply = await callOnce(call, { ...options, entered });
      succeeded?.();
      return { type: 'reply', reply, calls, heldMs };
    } catch (error) {
      if (signal.aborted) return { type: 'dropped' };
      if (!(error instanceof ProviderError)) throw error;
      if (error.failure.code === 'rate_limited') throttled?.(calledAt, error.retryAfterMs);
      if (!error.retryable || calls >= mostTries) return { type: 'failure', failure: error.failure, calls, heldMs };
      if (!(await waited(backoffMs(calls, Math.random(), error.retryAfterMs), stopping))) return { type: 'dropped' };
    }
  }
}

/** Null when it was ended before it could start. */
async function enter(
  gate: NonNullable<Provider['gate']>,
  tokens: number,
  { stopping, held }: { stopping: AbortSignal; held?: (wait: PaceWait) => void },
): Promise<Entered | null> {
  const started = await gate.enter(tokens, stopping, (wait) => held?.(wait));
  if (started === null) return null;
  return { started, leave: (used) => gate.leave(started, used) };
}

async function callOnce<Reply>(
  { make, usedTokens }: ModelCall<Reply>,
  { timeoutMs, signal, entered }: Pick<AskOptions, 'timeoutMs' | 'signal'> & { entered: Entered },
): Promise<Reply> {
  const call = new AbortController();
  const end = () => call.abort(signal.reason);
  const timer = setTimeout(() => {
    const message = `The model did not answer within ${timeoutMs / 1000} s.`;
    call.abort(new ProviderError({ code: 'timeout', message }, { retryable: true }));
  }, timeoutMs);
  signal.addEventListener('abort', end, { once: true });
  let used: number | null = null;
  try {
    signal.throwIfAborted();
    const reply = await make({ signal: call.signal, started: entered.started });
    used = usedTokens(reply);
    return reply;
  } finally {
    entered.leave(used);
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** False when it was ended before its time. */
export async function waited(ms: number, ended: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal: ended }).catch((error: unknown) => {
    if (!ended.aborted) throw error;
  });
  return !ended.aborted;
}
