import type { Completion, CompletionRequest } from '../../domain/completion.ts';
import { parseModelReference } from '../../domain/model.ts';
import { costOf, type Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { Judgement } from '../../domain/result.ts';
import type { ReplyFacts } from '../../domain/scorer.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { TryEvent } from '../../domain/try-event.ts';
import { type Provider, ProviderError } from '../../providers/provider.ts';
import { allowedProvider } from '../allowed-model.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';
import type { PromptDraft } from './preview-prompt.ts';
import { type Expected, tryJudge } from './try-judge.ts';

const longestWaitMs = 300_000;

/**
 * Asks a model once; nothing is stored. What can't be asked is thrown before anything is: `template_error`, `data_may_not_leave`,
 * `connection_missing`, `eval_set_missing` and the like. The call ends when `signal` is aborted or the events are no longer read.
 */
export async function tryPrompt(
  workbench: Workbench,
  project: Project,
  { model, expected = null, ...draft }: PromptDraft & { model: string; expected?: Expected | null },
  signal: AbortSignal,
): Promise<AsyncGenerator<TryEvent, void>> {
  const { content, variables } = draft;
  const messages = compilePrompt(content).render(variables);
  const provider = await allowedProvider(workbench, project, model);
  const judge = expected === null ? null : await tryJudge(workbench, project, draft, expected, messages);
  const { parameters, responseFormat } = content;
  const request = { model: parseModelReference(model).name, messages, parameters, responseFormat };
  return judged(answer(provider, request, priceFor(workbench.prices, model, provider), signal), judge);
}

async function* judged(
  events: AsyncGenerator<TryEvent, void>,
  judge: ((output: string, facts: ReplyFacts) => Promise<Judgement>) | null,
): AsyncGenerator<TryEvent, void> {
  for await (const event of events) {
    yield event;
    if (event.type !== 'done' || judge === null) continue;
    const { finishReason, inputTokens, outputTokens, costUsd, latencyMs } = event;
    const usage = { inputTokens, outputTokens, cachedInputTokens: 0 };
    const { outcome, scores } = await judge(event.output, { finishReason, usage, costUsd, latencyMs });
    yield { type: 'judged', outcome, scores };
  }
}

async function* answer(
  provider: Provider,
  request: CompletionRequest,
  price: Price | null,
  signal: AbortSignal,
): AsyncGenerator<TryEvent, void> {
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
): TryEvent {
  const { inputTokens, outputTokens } = usage;
  const costUsd = costOf(price, usage);
  return { type: 'done', output, finishReason, inputTokens, outputTokens, costUsd, latencyMs, notes };
}

function errorEvent(error: unknown, late: AbortSignal): TryEvent {
  if (error instanceof ProviderError) return { type: 'error', ...error.failure };
  if (!late.aborted) throw error;
  const message = `The model did not finish within ${longestWaitMs / 60_000} minutes. Ask for a shorter answer, or try another model.`;
  return { type: 'error', code: 'timeout', message };
}
