import type { JsonObject } from '../../domain/json.ts';
import { parseModelReference } from '../../domain/model.ts';
import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import { toolCallsText } from '../../domain/tool-call.ts';
import type { TraceMessage } from '../../domain/trace/messages.ts';
import { outputOf } from '../../domain/trace/model-call.ts';
import { variablesOf } from '../../domain/trace/release-reference.ts';
import { callFailureSaid } from '../../domain/unobserved-call.ts';
import type { NewSpan } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';
import { storeUnobserved } from './record-failure.ts';
import { storeObservation } from './record-observation.ts';

/**
 * Makes an observation of a call of a model. Without an answer there is nothing to judge: what failed, or was answered with what is not recorded, is counted apart.
 * What is observed already stays as it is.
 */
export async function observeSpan(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  span: NewSpan,
  release: Release | null,
): Promise<void> {
  if (span.type !== 'model_call' || servedHere(project, span)) return;
  const { inputTokens, outputTokens, costUsd, model, traceId, spanId } = span;
  const common = { releaseId: release?.id ?? null, model, traceId, spanId, createdAt: endOf(span) };
  const output = outputOf(span);
  if (span.error !== null || output === null) {
    const failure = span.error === null ? null : callFailureSaid(saidOf(span));
    await storeUnobserved(workbench, project, { ...common, failure, message: span.error ?? '' });
    return;
  }
  await storeObservation(workbench, project, {
    ...common,
    input: variablesOf(span.attributes) ?? inputOf(span),
    output,
    latencyMs: span.durationMs,
    inputTokens,
    outputTokens,
    costUsd,
    feedback: null,
    feedbackNote: '',
  });
  await workbench.stores.unobservedCalls.removeAnswered(project.id, span);
}

/** What a span says of its failure, the exact first. */
const saidOf = ({ attributes, events, error }: NewSpan): unknown[] => [
  attributes['error.type'],
  attributes['http.response.status_code'] ?? attributes['http.status_code'],
  events.find(({ name }) => name === 'exception')?.attributes['exception.type'],
  error,
];

/** Asked through `/v1/chat/completions` of this workbench, which has recorded the call itself. */
function servedHere({ slug }: Project, { model }: NewSpan): boolean {
  if (model === null) return false;
  const { name } = parseModelReference(model);
  return name.startsWith(`${slug}/`) && name.includes('@');
}

/** The conversation as one variable, where the span does not say what the prompt was filled with. */
function inputOf({ input }: NewSpan): JsonObject {
  if (input.length === 0) return {};
  const said = ({ content, toolCalls }: TraceMessage) =>
    content === '' && toolCalls.length > 0 ? toolCallsText(toolCalls) : content;
  return { messages: input.map((message) => ({ role: message.role, content: said(message) })) };
}

/** When the answer was there, by the program's clock; one that is ahead of ours is not believed. */
const endOf = ({ startUs, durationMs }: NewSpan): string =>
  new Date(Math.min(startUs / 1000 + durationMs, Date.now())).toISOString();
