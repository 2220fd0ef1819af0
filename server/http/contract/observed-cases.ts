import { z } from 'zod';
import { feedback } from './observations.ts';
import { author, type RouteContract, setParams, split } from './route.ts';

const most = 500;
/** Those named; else all that match. */
const chosen = z.strictObject({
  ids: z.array(z.number().int().positive()).min(1).max(most).optional(),
  matching: z
    .strictObject({
      feedback: feedback.optional(),
      release: z.number().int().positive().optional(),
      scored: z.enum(['passed', 'failed', 'error']).optional(),
      scorer: z.string().max(2000).optional(),
      search: z.string().max(200).optional(),
    })
    .default({}),
});

export const observedCaseRoutes = {
  'POST /api/projects/:project/sets/:set/observed-cases/preview': {
    summary:
      'Production calls that could be added to a set, those named or the newest 500 that match, each with what it resembles there and among the others.',
    needs: null,
    params: setParams,
    body: chosen,
    response: z.object({
      set: z.string(),
      base: z.number(),
      labels: z.array(z.string()),
      missing: z.array(z.string()),
      candidates: z.array(
        z.object({
          id: z.number(),
          text: z.string(),
          output: z.string(),
          feedback: feedback.nullable(),
          feedbackNote: z.string(),
          resembles: z
            .discriminatedUnion('type', [
              z.object({ type: z.literal('case'), key: z.string(), split, expected: z.json() }),
              z.object({ type: z.literal('observation'), id: z.number() }),
            ])
            .nullable(),
        }),
      ),
      already: z.number(),
      more: z.boolean(),
    }),
  },
  'POST /api/projects/:project/sets/:set/observed-cases': {
    summary: 'Adds production calls to a set as one next version, on dev; `expected` null is labelled later.',
    params: setParams,
    body: z.strictObject({
      base: z.number().int().min(0),
      cases: z
        .array(z.strictObject({ id: z.number().int().positive(), expected: z.json() }))
        .min(1)
        .max(most),
      tags: z.array(z.string().trim().min(1).max(80)).max(20).default([]),
      note: z.string().max(2000).default(''),
      author,
    }),
    response: z.object({
      set: z.string(),
      setVersion: z.number(),
      added: z.number(),
      withoutExpected: z.number(),
    }),
  },
} satisfies Record<string, RouteContract>;
