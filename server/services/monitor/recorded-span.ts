import { costOf, type Price } from '../../domain/price.ts';
import type { Redactor } from '../../domain/redaction/redactor.ts';
import type { Release } from '../../domain/release.ts';
import type { TraceMessage } from '../../domain/trace/messages.ts';
import { isMessageEvent, type ModelCall, modelCallOf, withoutMessages } from '../../domain/trace/model-call.ts';
import { type Span, spanError, spanTypeOf } from '../../domain/trace/span.ts';
import type { NewSpan } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';
import { releasePrice } from './release-price.ts';

type Needed = Pick<Workbench, 'providers' | 'prices'>;
type Context = { service: string; redactor: Redactor; release: Release | null };

const nothing = { input: [], output: [], inputTokens: null, outputTokens: null, cachedInputTokens: null } as const;
const noCall: ModelCall = { ...nothing, model: null, servedModel: null, finishReason: null };

/** A span as it is stored: its call read, priced, and all its texts redacted. */
export async function recordedSpan(
  workbench: Needed,
  span: Span,
  { service, redactor, release }: Context,
): Promise<NewSpan> {
  const { statusMessage: _message, ...about } = span;
  const type = spanTypeOf(span);
  const asked = type === 'model_call' || type === 'embedding';
  const call = asked ? modelCallOf(span) : noCall;
  const kept = (text: string | null) => (text === null ? null : redactor.text(text));
  const { model, inputTokens, outputTokens, cachedInputTokens, finishReason } = call;
  return {
    ...about,
    type,
    finishReason,
    inputTokens,
    outputTokens,
    cachedInputTokens,
    costUsd: asked ? costOfCall(await priceOfCall(workbench, call, release), call, type) : null,
    name: redactor.text(span.name),
    service: redactor.text(service),
    model: model === null ? null : redactor.text(`${model.connection}/${model.name}`),
    servedModel: kept(call.servedModel),
    error: kept(spanError(span)),
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
