import { z } from 'zod';
import { author, idParams, instant, jsonObject, projectParams, type RouteContract } from './route.ts';

export const feedback = z.enum(['up', 'down']);
export const observation = z.object({
  id: z.number(),
  release: z.number().nullable(),
  prompt: z.string().nullable(),
  version: z.number().nullable(),
  input: jsonObject,
  output: z.string(),
  latencyMs: z.number().nullable(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  costUsd: z.number().nullable(),
  /** Of a call that came by OpenTelemetry: the model that it named, and its span. */
  model: z.string().nullable(),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  feedback: feedback.nullable(),
  feedbackNote: z.string(),
  /** The case that was made of it. */
  caseKey: z.string().nullable(),
  /** What it was scored as in production by the newest scorers that judged it; null where it was not drawn, or not yet. */
  outcome: z.enum(['passed', 'failed', 'no_answer', 'error']).nullable(),
  createdAt: instant,
});

export const observationRoutes = {
  'POST /api/observations': {
    summary: 'Reports one production call. The release is named by its number, as `GET /api/prompts/…` gave it.',
    needs: null,
    body: z.strictObject({
      project: z.string(),
      prompt: z.string().optional(),
      release: z.number().int().positive().optional(),
      input: jsonObject,
      output: z.string().max(1_000_000),
      latencyMs: z.number().nonnegative().optional(),
      inputTokens: z.number().int().nonnegative().optional(),
      outputTokens: z.number().int().nonnegative().optional(),
      feedback: feedback.optional(),
      feedbackNote: z.string().max(5000).optional(),
    }),
    response: observation,
  },
  'PATCH /api/observations/:id': {
    summary: 'Adds what a user thought of an answer later.',
    needs: null,
    params: idParams,
    body: z.strictObject({ feedback: feedback.nullable(), feedbackNote: z.string().max(5000).default('') }),
    response: observation,
  },
  'GET /api/projects/:project/observations': {
    summary: 'Observations, newest first; `before` is the id of the last one seen.',
    params: projectParams,
    query: z.object({
      feedback: feedback.optional(),
      release: z.coerce.number().int().positive().optional(),
      /** What it was scored as in production; no answer found is a failure. */
      scored: z.enum(['passed', 'failed', 'error']).optional(),
      /** Of `scored`: by this scorer alone, as it is typed. */
      scorer: z.string().max(2000).optional(),
      search: z.string().max(200).optional(),
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ observations: z.array(observation) }),
  },
  'GET /api/projects/:project/monitor': {
    summary: 'Volume, failures, feedback, latency and cost over time by release.',
    params: projectParams,
    query: z.object({ days: z.coerce.number().int().min(1).max(365).default(7) }),
    response: z.object({
      sliceMs: z.number(),
      buckets: z.array(
        z.object({
          start: instant,
          release: z.number().nullable(),
          version: z.number().nullable(),
          count: z.number(),
          up: z.number(),
          down: z.number(),
          latencyMeanMs: z.number().nullable(),
          latencyMaxMs: z.number().nullable(),
          costUsd: z.number().nullable(),
          failed: z.number(),
          /** Answered with what is not recorded. */
          unrecorded: z.number(),
        }),
      ),
    }),
  },
  'POST /api/observations/:id/case': {
    summary: 'Makes an evaluation case of an observation: the set gets a next version.',
    params: idParams,
    body: z.strictObject({ set: z.string(), expected: z.json(), tags: z.array(z.string()).default([]), author }),
    response: z.object({ caseKey: z.string(), set: z.string(), setVersion: z.number() }),
  },
} satisfies Record<string, RouteContract>;
