import type { JsonObject } from '../../domain/json.ts';
import { costOf, type Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { Redactor } from '../../domain/redaction/redactor.ts';
import type { Release } from '../../domain/release.ts';
import { toolCallsText } from '../../domain/tool-call.ts';
import type { TraceMessage } from '../../domain/trace/messages.ts';
import {
  isMessageEvent,
  type ModelCall,
  modelCallOf,
  outputOf,
  withoutMessages,
} from '../../domain/trace/model-call.ts';
import { variablesOf } from '../../domain/trace/release-reference.ts';
import { type Span, spanError, spanTypeOf } from '../../domain/trace/span.ts';
import type { NewSpan } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';
import { storeObservation } from './record-observation.ts';
import { releasePrice } from './release-price.ts';

type Needed = Pick<Workbench, 'stores' | 'providers' | 'prices'>;
type Context = { service: string; redactor: Redactor; release: Release | null };

const nothing = { input: [], output: [], inputTokens: null, outputTokens: null, cachedInputTokens: null } as const;
const noCall: ModelCall = { ...nothing, model: null, servedModel: null, finishReason: null };

/** The span as it is stored, redacted; a call of a model that has an answer is an observation from now on. */
export async function recordSpan(
  workbench: Needed,
  project: Project,
  span: Span,
  { service, redactor, release }: Context,
): Promise<NewSpan> {
  const { statusMessage: _message, ...about } = span;
  const type = spanTypeOf(span);
  const asked = type === 'model_call' || type === 'embedding';
  const call = asked ? modelCallOf(span) : noCall;
  const error = spanError(span);
  const kept = (text: string | null) => (text === null ? null : redactor.text(text));
  const model = call.model === null ? null : redactor.text(`${call.model.connection}/${call.model.name}`);
  const { inputTokens, outputTokens, cachedInputTokens, finishReason } = call;
  const costUsd = asked ? costOfCall(await priceOfCall(workbench, call, release), call, type) : null;
  const output = outputOf(call);
  // Without an answer there is nothing to judge: what failed, or was not recorded, shows in the trace.
  if (type === 'model_call' && error === null && output !== null && !servedHere(project, call)) {
    await storeObservation(workbench, project, {
      releaseId: release?.id ?? null,
      input: variablesOf(span.attributes) ?? inputOf(call),
      output,
      latencyMs: span.durationMs,
      ...{ inputTokens, outputTokens, costUsd, model, traceId: span.traceId, spanId: span.spanId },
      feedback: null,
      feedbackNote: '',
      createdAt: endOf(span),
    });
  }
  return {
    ...about,
    ...{ type, model, finishReason, inputTokens, outputTokens, cachedInputTokens, costUsd },
    name: redactor.text(span.name),
    service: redactor.text(service),
    servedModel: kept(call.servedModel),
    error: kept(error),
    input: call.input.map((message) => redacted(message, redactor)),
    output: call.output.map((message) => redacted(message, redactor)),
    attributes: redactor.json(asked ? withoutMessages(span.attributes) : span.attributes),
    events: span.events
      .filter(({ name }) => !(asked && isMessageEvent(name)))
      .map((event) => ({ ...event, name: redactor.text(event.name), attributes: redactor.json(event.attributes) })),
  };
}

const redacted = ({ role, content, toolCalls }: TraceMessage, redactor: Redactor): TraceMessage => ({
  role: redactor.text(role),
  content: redactor.text(content),
  toolCalls: toolCalls.map(({ name, arguments: given }) => ({
    name: redactor.text(name),
    arguments: redactor.json(given),
  })),
});

/** Asked through `/v1/chat/completions` of this workbench, which has recorded the call itself. */
const servedHere = ({ slug }: Project, { model }: ModelCall): boolean =>
  (model?.name.startsWith(`${slug}/`) && model.name.includes('@')) ?? false;

/** The conversation as one variable, where the span does not say what the prompt was filled with. */
function inputOf({ input }: ModelCall): JsonObject {
  if (input.length === 0) return {};
  const said = ({ content, toolCalls }: TraceMessage) =>
    content === '' && toolCalls.length > 0 ? toolCallsText(toolCalls) : content;
  return { messages: input.map((message) => ({ role: message.role, content: said(message) })) };
}

/** Of the model that answered, else of the one that was asked for, else of the release's. */
async function priceOfCall(
  workbench: Needed,
  { model, servedModel }: ModelCall,
  release: Release | null,
): Promise<Price | null> {
  const names = model === null ? [] : [...(servedModel === null ? [] : [servedModel]), model.name];
  for (const name of names) {
    const price = await releasePrice(workbench, { model: `${model?.connection}/${name}` });
    if (price !== null) return price;
  }
  return release === null ? null : releasePrice(workbench, release);
}

/** Vectors have no output tokens. */
function costOfCall(
  price: Price | null,
  { inputTokens, outputTokens, cachedInputTokens }: ModelCall,
  type: NewSpan['type'],
): number | null {
  const output = outputTokens ?? (type === 'embedding' ? 0 : null);
  if (inputTokens === null || output === null) return null;
  return costOf(price, { inputTokens, outputTokens: output, cachedInputTokens: cachedInputTokens ?? 0 });
}

/** When the answer was there, by the program's clock; one that is ahead of ours is not believed. */
const endOf = ({ startUs, durationMs }: Span): string =>
  new Date(Math.min(startUs / 1000 + durationMs, Date.now())).toISOString();
