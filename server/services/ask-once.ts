import type { Completion, CompletionRequest } from '../domain/completion.ts';
import { costOf, type Price } from '../domain/price.ts';
import type { AnswerEvent } from '../domain/try-event.ts';
import { type Provider, ProviderError } from '../providers/provider.ts';

const longestWaitMs = 300_000;

/** Asks a model once, and gives its answer as it comes. The call ends when `signal` is aborted or the events are no longer read. */
export async function* askOnce(
  provider: Provider,
  request: CompletionRequest,
  price: Price | null,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void> {
  const unread = new AbortController();
  const late = AbortSignal.timeout(longestWaitMs);
  const started = performance.now();
  const pieces: string[] = [];
  let ended = false;
  let news = Promise.withResolvers<void>();
  const outcome = provider
    .complete(request, {
      signal: AbortSignal.any([signal, late, unread.signal]),
      onText: (text) => {
        pieces.push(text);
        news.resolve();
      },
    })
    .then(
      (completion) => doneEvent(completion, price, performance.now() - started),
      (error: unknown) => errorEvent(error, late),
    );
  const settle = () => {
    ended = true;
    news.resolve();
  };
  outcome.then(settle, settle);
  try {
    while (!ended || pieces.length > 0) {
      await news.promise;
      news = Promise.withResolvers();
      const text = pieces.splice(0).join('');
      if (text !== '') yield { type: 'text', text };
    }
    yield await outcome;
  } finally {
    unread.abort();
  }
}

function doneEvent(
  { output, finishReason, usage, notes }: Completion,
  price: Price | null,
  latencyMs: number,
): AnswerEvent {
  const { inputTokens, outputTokens } = usage;
  const costUsd = costOf(price, usage);
  return { type: 'done', output, finishReason, inputTokens, outputTokens, costUsd, latencyMs, notes };
}

function errorEvent(error: unknown, late: AbortSignal): AnswerEvent {
  if (error instanceof ProviderError) return { type: 'error', ...error.failure };
  if (!late.aborted) throw error;
  const message = `The model did not finish within ${longestWaitMs / 60_000} minutes. Ask for a shorter answer, or try another model.`;
  return { type: 'error', code: 'timeout', message };
}
