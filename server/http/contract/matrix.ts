import { z } from 'zod';
import { interval, projectParams, type RouteContract, splitChoice } from './route.ts';

const cell = z.object({
  /** The newest run that has ended on these cases. */
  newest: z
    .object({
      run: z.number(),
      passRate: z.number(),
      interval,
      n: z.number(),
      errors: z.number(),
      scorers: z.array(z.string()),
    })
    .nullable(),
  /** A newer one that is waiting or under way. */
  underWay: z.number().nullable(),
  /** The newest run on another version of the set, where there is none on this one. */
  elsewhere: z.object({ run: z.number(), setVersion: z.number() }).nullable(),
});

export const matrixRoutes = {
  'GET /api/projects/:project/matrix': {
    summary:
      'Prompt versions by models on one set version and split: the newest run of each; archived ones are left out.',
    params: projectParams,
    query: z.object({
      /** What the newest run was made on, where none is given. */
      set: z.string().max(80).optional(),
      version: z.coerce.number().int().positive().optional(),
      split: splitChoice.default('dev'),
    }),
    response: z.object({
      scope: z.object({ set: z.string(), setVersion: z.number(), split: splitChoice }).nullable(),
      /** Cases of the set version and split: what the n of each cell is out of. */
      cases: z.number(),
      newestSetVersion: z.number().nullable(),
      target: z.number().nullable(),
      sets: z.array(z.object({ set: z.string(), versions: z.array(z.number()) })),
      models: z.array(z.object({ model: z.string(), standIn: z.boolean() })),
      rows: z.array(z.object({ prompt: z.string(), version: z.number(), cells: z.array(cell) })),
    }),
  },
} satisfies Record<string, RouteContract>;
