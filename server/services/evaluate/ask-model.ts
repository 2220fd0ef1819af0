import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, mostTries } from '../../domain/backoff.ts';
import type { Completion, CompletionFailure, CompletionRequest } from '../../domain/completion.ts';
import { type Provider, ProviderError } from '../../providers/provider.ts';

/** What came of asking: `dropped` when the asking was ended before there was an answer. */
export type Asked =
  | { type: 'completion'; completion: Completion; calls: number }
  | { type: 'failure'; failure: CompletionFailure; calls: number }
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
};

/** Asks a model, again where that may help, until it replies or fails for good. */
export async function askModel(provider: Provider, request: CompletionRequest, options: AskOptions): Promise<Asked> {
  const { signal, stopping = signal, succeeded, throttled } = options;
  for (let calls = 1; ; calls += 1) {
    const calledAt = Date.now();
    try {
      const completion = await callOnce(provider, request, options);
      succeeded?.();
      return { type: 'completion', completion, calls };
    } catch (error) {
      if (signal.aborted) return { type: 'dropped' };
      if (!(error instanceof ProviderError)) throw error;
      if (error.failure.code === 'rate_limited') throttled?.(calledAt, error.retryAfterMs);
      if (!error.retryable || calls >= mostTries) return { type: 'failure', failure: error.failure, calls };
      if (!(await waited(backoffMs(calls, Math.random(), error.retryAfterMs), stopping))) return { type: 'dropped' };
    }
  }
}

async function callOnce(
  provider: Provider,
  request: CompletionRequest,
  { timeoutMs, signal }: Pick<AskOptions, 'timeoutMs' | 'signal'>,
): Promise<Completion> {
  signal.throwIfAborted();
  const call = new AbortController();
  const end = () => call.abort(signal.reason);
  const timer = setTimeout(() => {
    const message = `The model did not answer within ${timeoutMs / 1000} s.`;
    call.abort(new ProviderError({ code: 'timeout', message }, { retryable: true }));
  }, timeoutMs);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await provider.complete(request, { signal: call.signal });
  } finally {
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
