import { z } from 'zod';
import { type RouteContract, setParams, split } from './route.ts';

export const setPowerRoutes = {
  'GET /api/projects/:project/sets/:set/power': {
    summary:
      'How large a difference between two runs the newest version of a set can show, and how many cases would show five points.',
    params: setParams,
    response: z.object({
      flipShare: z.number(),
      /** The two runs that show it; null where it is assumed. */
      observed: z.object({ a: z.number(), b: z.number(), n: z.number() }).nullable(),
      /** By the z test's formula and, `exact…`, by the exact test's own power. */
      sides: z.array(
        z.object({
          split,
          cases: z.number(),
          detectable: z.number().nullable(),
          exactDetectable: z.number().nullable(),
        }),
      ),
      wanted: z.number(),
      needed: z.number().nullable(),
      exactNeeded: z.number().nullable(),
    }),
  },
} satisfies Record<string, RouteContract>;
