import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, mostTries } from '../../domain/backoff.ts';
import type { Completion, CompletionFailure, CompletionRequest } from '../../domain/completion.ts';
import type { PaceWait, StartedCall } from '../../domain/request-pacer.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import { type Provider, ProviderError } from '../../providers/provider.ts';

/** What came of asking: `dropped` when the asking was ended before there was an answer. `heldMs` were spent waiting for limits of the connection. */
export type Asked =
  | { type: 'completion'; completion: Completion; calls: number; heldMs: number }
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

/** A call that may start, and how it is said that it ended. */
type Entered = { started?: StartedCall; leave: (tokens: number | null) => void };
const ungated: Entered = { leave: () => undefined };

/** Asks a model, again where that may help, until it replies or fails for good. */
export async function askModel(provider: Provider, request: CompletionRequest, options: AskOptions): Promise<Asked> {
  const { signal, stopping = signal, succeeded, throttled } = options;
  let heldMs = 0;
  for (let calls = 1; ; calls += 1) {
    const askedAt = Date.now();
    const entered = await enter(provider, request, { ...options, stopping });
    if (entered === null) return { type: 'dropped' };
    const calledAt = Date.now();
    heldMs += calledAt - askedAt;
    try {
      const completion = await callOnce(provider, request, { ...options, entered });
      succeeded?.();
      return { type: 'completion', completion, calls, heldMs };
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
  { gate }: Provider,
  { messages, parameters }: CompletionRequest,
  { stopping, held }: { stopping: AbortSignal; held?: (wait: PaceWait) => void },
): Promise<Entered | null> {
  if (gate === undefined) return ungated;
  const tokens = estimateMessageTokens(messages) + (parameters.maxTokens ?? 0);
  const started = await gate.enter(tokens, stopping, (wait) => held?.(wait));
  if (started === null) return null;
  return { started, leave: (used) => gate.leave(started, used) };
}

async function callOnce(
  provider: Provider,
  request: CompletionRequest,
  { timeoutMs, signal, entered }: Pick<AskOptions, 'timeoutMs' | 'signal'> & { entered: Entered },
): Promise<Completion> {
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
    const completion = await provider.complete(request, { signal: call.signal, started: entered.started });
    used = completion.usage.inputTokens + completion.usage.outputTokens;
    return completion;
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
