import { z } from 'zod';
import { spanKinds, spanTypes } from '../../domain/trace/span.ts';
import { instant, jsonObject, projectParams, type RouteContract } from './route.ts';

const figures = {
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** Part of the tokens in. */
  cachedInputTokens: z.number().nullable(),
  costUsd: z.number().nullable(),
};

const trace = z.object({
  /** Larger for those that came later. */
  id: z.number(),
  traceId: z.string(),
  /** Of its root, else of the earliest span. */
  name: z.string(),
  service: z.string(),
  startedAt: instant,
  durationMs: z.number(),
  spans: z.number(),
  errors: z.number(),
  modelCalls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
  /** Of the calls that have a price. */
  costUsd: z.number().nullable(),
  /** Calls of models without a price. */
  unpriced: z.number(),
});

const span = z.object({
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  /** How many spans stand above it. */
  depth: z.number(),
  /** It names a parent that did not come, or not yet. */
  detached: z.boolean(),
  name: z.string(),
  kind: z.enum(spanKinds),
  type: z.enum(spanTypes),
  service: z.string(),
  /** After the trace began. */
  startMs: z.number(),
  durationMs: z.number(),
  status: z.enum(['unset', 'ok', 'error']),
  error: z.string().nullable(),
  model: z.string().nullable(),
  ...figures,
});

const message = z.object({
  role: z.string(),
  content: z.string(),
  toolCalls: z.array(z.object({ name: z.string(), arguments: z.json() })),
});

const traceParams = projectParams.extend({ trace: z.string().regex(/^[0-9a-f]{32}$/) });

export const traceRoutes = {
  'GET /api/projects/:project/traces': {
    summary: 'Traces that programs sent to POST /v1/traces, newest first; `before` is the id of the last one seen.',
    params: projectParams,
    query: z.object({
      errors: z.literal('true').optional(),
      minMs: z.coerce.number().nonnegative().optional(),
      minCostUsd: z.coerce.number().nonnegative().optional(),
      model: z.string().max(300).optional(),
      search: z.string().max(200).optional(),
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    response: z.object({ traces: z.array(trace) }),
  },
  'GET /api/projects/:project/trace-summary': {
    summary: 'How many traces there are, since when, and the models that they asked.',
    params: projectParams,
    response: z.object({ traces: z.number(), oldestAt: instant.nullable(), models: z.array(z.string()) }),
  },
  'GET /api/projects/:project/traces/:trace': {
    summary: 'A trace with its spans as a tree, from the roots down; of very many those that began first.',
    params: traceParams,
    response: z.object({ trace, spans: z.array(span) }),
  },
  'GET /api/projects/:project/traces/:trace/spans/:span': {
    summary: 'What one span holds: messages, attributes, events, and the observation that was made of it.',
    params: traceParams.extend({ span: z.string().regex(/^[0-9a-f]{16}$/) }),
    response: z.object({
      spanId: z.string(),
      servedModel: z.string().nullable(),
      finishReason: z.string().nullable(),
      input: z.array(message),
      output: z.array(message),
      attributes: jsonObject,
      events: z.array(z.object({ name: z.string(), startMs: z.number(), attributes: jsonObject })),
      observation: z.number().nullable(),
    }),
  },
  'POST /api/projects/:project/traces/delete': {
    summary: 'Deletes the traces that ended more than so many days ago; observations made of them stay.',
    params: projectParams,
    body: z.strictObject({ olderThanDays: z.number().int().min(0).max(3650) }),
    response: z.object({ deleted: z.number() }),
  },
} satisfies Record<string, RouteContract>;
