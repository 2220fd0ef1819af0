import { parseModelReference } from '../../domain/model.ts';
import type { Project } from '../../domain/project.ts';
import type { Judgement } from '../../domain/result.ts';
import type { ReplyFacts } from '../../domain/scorer.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { TryEvent } from '../../domain/try-event.ts';
import { allowedProvider } from '../allowed-model.ts';
import { askOnce } from '../ask-once.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';
import type { PromptDraft } from './preview-prompt.ts';
import { type Expected, tryJudge } from './try-judge.ts';

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
  const price = priceFor(await workbench.prices.table(), model, provider);
  return judged(askOnce(provider, request, price, signal), judge);
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
