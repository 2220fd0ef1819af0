import { z } from 'zod';
import { author, type RouteContract, runParams } from './route.ts';
import { runOverview } from './runs.ts';

export const keptRunRoutes = {
  'PATCH /api/runs/:run': {
    summary: 'Notes, tags or archives a run; what is left out stays as it is.',
    params: runParams,
    body: z.strictObject({
      note: z.string().max(2000).optional(),
      tags: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
      archived: z.boolean().optional(),
    }),
    response: runOverview,
  },
  'GET /api/runs/:run/dependents': {
    summary: 'The releases that rest on a run, and what would be deleted with it.',
    params: runParams,
    response: z.object({
      results: z.number(),
      reviews: z.number(),
      /** At it and at its results. */
      comments: z.number(),
      /** Cases from production that it answered; they stay in their set. */
      productionCases: z.number(),
      releases: z.array(
        z.object({ id: z.number(), prompt: z.string(), number: z.number(), labels: z.array(z.string()) }),
      ),
    }),
  },
  'DELETE /api/runs/:run': {
    summary: 'Deletes a run with its results, reviews and comments; refused while a release rests on it.',
    params: runParams,
    body: z.strictObject({ author }),
    response: z.undefined(),
  },
} satisfies Record<string, RouteContract>;
