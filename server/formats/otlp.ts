import { z } from 'zod';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { type Span, type SpanEvent, type SpanStatus, spanKinds } from '../domain/trace/span.ts';

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
const MOST_ATTRIBUTES = 256;
const MOST_EVENTS = 256;
/** As much as an observation may hold. */
const LONGEST_TEXT = 1_000_000;
const LONGEST_NAME = 500;
/** AnyValue may hold itself; deeper than this is nobody's data. */
const DEEPEST = 16;

const list = z.array(z.unknown()).nullish();
const time = z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative().refine(Number.isInteger)]);
const hex = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${digits}}$`, 'i'))
    .refine((id) => !/^0+$/.test(id))
    .transform((id) => id.toLowerCase());
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
const keyValue = z.object({ key: z.string().min(1), value: z.unknown() });

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
  return {
    ...{ traceId, spanId, parentSpanId },
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

const attributesOf = (pairs: readonly unknown[] | null | undefined): JsonObject =>
  Object.fromEntries(entriesOf(pairs, 0));

function entriesOf(pairs: readonly unknown[] | null | undefined, depth: number): [string, JsonValue][] {
  return (pairs ?? []).slice(0, MOST_ATTRIBUTES).flatMap((pair): [string, JsonValue][] => {
    const { data } = keyValue.safeParse(pair);
    return data === undefined ? [] : [[data.key.slice(0, LONGEST_NAME), anyValue(data.value, depth)]];
  });
}

const anyValueShape = z.looseObject({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.union([z.number(), z.string()]).optional(),
  arrayValue: z.object({ values: list }).optional(),
  kvlistValue: z.object({ values: list }).optional(),
  bytesValue: z.string().optional(),
});

/** `AnyValue` as JSON. Bytes are not kept, and numbers that JSON can't hold are null. */
function anyValue(value: unknown, depth: number): JsonValue {
  const { data } = anyValueShape.safeParse(value);
  if (data === undefined || depth > DEEPEST) return null;
  if (data.stringValue !== undefined) return cut(data.stringValue);
  if (data.boolValue !== undefined) return data.boolValue;
  if (data.intValue !== undefined) return finite(Number(data.intValue));
  if (data.doubleValue !== undefined) return finite(Number(data.doubleValue));
  if (data.arrayValue !== undefined) {
    return (data.arrayValue.values ?? []).slice(0, MOST_ATTRIBUTES).map((one) => anyValue(one, depth + 1));
  }
  if (data.kvlistValue !== undefined) return Object.fromEntries(entriesOf(data.kvlistValue.values, depth + 1));
  return data.bytesValue === undefined ? null : '[bytes]';
}

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);

const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
