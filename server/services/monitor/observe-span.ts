import type { JsonObject } from '../../domain/json.ts';
import { parseModelReference } from '../../domain/model.ts';
import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import { toolCallsText } from '../../domain/tool-call.ts';
import type { TraceMessage } from '../../domain/trace/messages.ts';
import { outputOf } from '../../domain/trace/model-call.ts';
import { variablesOf } from '../../domain/trace/release-reference.ts';
import type { NewSpan } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';
import { storeObservation } from './record-observation.ts';

/**
 * Makes an observation of a call of a model. Without an answer there is nothing to judge: what failed, or was not recorded, shows in the trace alone. What is
 * observed already stays as it is.
 */
export async function observeSpan(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  span: NewSpan,
  release: Release | null,
): Promise<void> {
  const output = outputOf(span);
  if (span.type !== 'model_call' || span.error !== null || output === null || servedHere(project, span)) return;
  const { inputTokens, outputTokens, costUsd, model, traceId, spanId } = span;
  await storeObservation(workbench, project, {
    releaseId: release?.id ?? null,
    input: variablesOf(span.attributes) ?? inputOf(span),
    output,
    latencyMs: span.durationMs,
    ...{ inputTokens, outputTokens, costUsd, model, traceId, spanId },
    feedback: null,
    feedbackNote: '',
    createdAt: endOf(span),
  });
}

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
