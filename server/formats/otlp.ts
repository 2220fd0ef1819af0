import { z } from 'zod';
import type { JsonObject } from '../domain/json.ts';
import { type Span, type SpanEvent, type SpanStatus, spanKinds } from '../domain/trace/span.ts';
import { attributesOf, hex, LONGEST_NAME, LONGEST_TEXT, list, time } from './otlp-values.ts';

/** The spans of one program (a "resource") as it sent them. */
export type SentSpans = {
  /** What describes the program: `service.name` and whatever else it said. */
  resource: JsonObject;
  spans: Span[];
  /** Spans that are none, by why. */
  unreadable: string[];
};

/** Of one request; OpenTelemetry's own batches have 512. */
const MOST_SPANS = 10_000;
const MOST_EVENTS = 256;

const request = z.object({ resourceSpans: z.array(z.unknown()).nullish() });
const resourceSpans = z.object({
  resource: z.object({ attributes: list }).nullish(),
  scopeSpans: z.array(z.object({ spans: list })).nullish(),
});
const span = z.object({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: z.union([hex(16), z.literal('').transform(() => null)]).nullish(),
  name: z.string().nullish(),
  kind: z.number().nullish(),
  startTimeUnixNano: time,
  endTimeUnixNano: time.nullish(),
  attributes: list,
  events: list,
  status: z.object({ code: z.number().nullish(), message: z.string().nullish() }).nullish(),
});
const event = z.object({ timeUnixNano: time.nullish(), name: z.string().nullish(), attributes: list });

/**
 * Reads `ExportTraceServiceRequest` in the JSON of OTLP (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). Null where it is none; of one
 * that is, what can't be read is counted and the rest kept.
 */
export function readOtlpTraces(body: unknown): SentSpans[] | null {
  const parsed = request.safeParse(body);
  if (!parsed.success) return null;
  let room = MOST_SPANS;
  return (parsed.data.resourceSpans ?? []).map((one) => {
    const sent = resourceSpans.safeParse(one);
    if (!sent.success) return { resource: {}, spans: [], unreadable: ['resourceSpans: not as OTLP has it'] };
    const read = (sent.data.scopeSpans ?? [])
      .flatMap(({ spans }) => spans ?? [])
      .map((item) => (room-- > 0 ? spanOf(item) : `more than ${MOST_SPANS} spans in one request`));
    return {
      resource: attributesOf(sent.data.resource?.attributes),
      spans: read.filter((item) => typeof item !== 'string'),
      unreadable: read.filter((item) => typeof item === 'string'),
    };
  });
}

/** The span, or why it is none. */
function spanOf(value: unknown): Span | string {
  const parsed = span.safeParse(value);
  if (!parsed.success) return `span without a valid ${String(parsed.error.issues[0]?.path[0] ?? 'form')}`;
  const { traceId, spanId, parentSpanId = null, name, kind, status, ...sent } = parsed.data;
  const [start, end] = [BigInt(sent.startTimeUnixNano), BigInt(sent.endTimeUnixNano ?? sent.startTimeUnixNano)];
  const startUs = Number(start / 1000n);
  if (startUs > LATEST_US) return 'span without a valid startTimeUnixNano';
  if (Number(end / 1000n) > LATEST_US) return 'span without a valid endTimeUnixNano';
  return {
    traceId,
    spanId,
    parentSpanId,
    name: (name ?? '').slice(0, LONGEST_NAME),
    kind: spanKinds[kind ?? 0] ?? 'unspecified',
    startUs,
    durationMs: end > start ? Number(end - start) / 1_000_000 : 0,
    status: statuses[status?.code ?? 0] ?? 'unset',
    statusMessage: (status?.message ?? '').slice(0, LONGEST_TEXT),
    attributes: attributesOf(sent.attributes),
    events: (sent.events ?? []).slice(0, MOST_EVENTS).flatMap((item) => eventOf(item) ?? []),
  };
}

/** 2100-01-01. A later time is a mistake of units. */
const LATEST_US = Date.UTC(2100, 0) * 1000;
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error'];

function eventOf(value: unknown): SpanEvent | null {
  const parsed = event.safeParse(value);
  if (!parsed.success) return null;
  const { name, timeUnixNano, attributes } = parsed.data;
  return {
    name: (name ?? '').slice(0, LONGEST_NAME),
    atUs: Number(BigInt(timeUnixNano ?? 0) / 1000n),
    attributes: attributesOf(attributes),
  };
}
