import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { isMessageEvent } from '../domain/trace/model-call.ts';
import type { SpanEvent } from '../domain/trace/span.ts';
import { anyValue, attributesOf, hex, list, time } from './otlp-values.ts';

/** The messages of models' calls among the logs of one program. */
export type SentMessages = {
  resource: JsonObject;
  messages: { traceId: string; spanId: string; event: SpanEvent }[];
};

const request = z.object({ resourceLogs: z.array(z.unknown()).nullish() });
const resourceLogs = z.object({
  resource: z.object({ attributes: list }).nullish(),
  scopeLogs: z.array(z.object({ logRecords: list })).nullish(),
});
const record = z.object({
  traceId: hex(32),
  spanId: hex(16),
  timeUnixNano: time.nullish(),
  observedTimeUnixNano: time.nullish(),
  eventName: z.string().nullish(),
  attributes: list,
  body: z.unknown(),
});

/**
 * Reads `ExportLogsServiceRequest` in the JSON of OTLP: GenAI instrumentations report what was said as events, which are logs with the ids of their span.
 * All other logs are left out. Null where it is no such request.
 */
export function readOtlpLogs(body: unknown): SentMessages[] | null {
  const parsed = request.safeParse(body);
  if (!parsed.success) return null;
  return (parsed.data.resourceLogs ?? []).flatMap((one) => {
    const { data } = resourceLogs.safeParse(one);
    if (data === undefined) return [];
    const records = (data.scopeLogs ?? []).flatMap(({ logRecords }) => logRecords ?? []);
    return [
      { resource: attributesOf(data.resource?.attributes), messages: records.flatMap((item) => messageOf(item) ?? []) },
    ];
  });
}

function messageOf(value: unknown): SentMessages['messages'][number] | null {
  const { data } = record.safeParse(value);
  if (data === undefined) return null;
  const attributes = attributesOf(data.attributes);
  const name = data.eventName || attributes['event.name'];
  if (typeof name !== 'string' || !isMessageEvent(name)) return null;
  const body = anyValue(data.body);
  const said = isJsonObject(body) ? body : body === null ? {} : { content: body };
  const nanoseconds = BigInt(data.timeUnixNano || data.observedTimeUnixNano || 0);
  const atUs = Number(nanoseconds / 1000n);
  return {
    traceId: data.traceId,
    spanId: data.spanId,
    event: { name, atUs: Number.isSafeInteger(atUs) ? atUs : 0, attributes: { ...attributes, ...said } },
  };
}
