import { z } from 'zod';
import { evalCase, evalSetVersion } from './eval-sets.ts';
import { author, type RouteContract, setParams } from './route.ts';

const number = z.coerce.number().int().positive();
const shown = evalCase.omit({ position: true });

export const setVersionRoutes = {
  'GET /api/projects/:project/sets/:set/compare': {
    summary: 'What version `b` of a set has otherwise than `a`: cases added, removed, relabelled, retagged, rewritten.',
    params: setParams,
    query: z.object({ a: number, b: number }),
    response: z.object({
      a: evalSetVersion,
      b: evalSetVersion,
      added: z.number(),
      removed: z.number(),
      relabelled: z.number(),
      retagged: z.number(),
      rewritten: z.number(),
      /** The first 500. */
      differences: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('added'), key: z.string(), after: shown }),
          z.object({ type: z.literal('removed'), key: z.string(), before: shown }),
          z.object({
            type: z.literal('changed'),
            key: z.string(),
            aspects: z.array(z.enum(['label', 'variables', 'tags'])),
            before: shown,
            after: shown,
          }),
        ]),
      ),
    }),
  },
  'POST /api/projects/:project/sets/:set/restore': {
    summary: 'Makes the next version of a set out of what an earlier one held.',
    params: setParams,
    body: z.strictObject({
      version: z.number().int().positive(),
      /** The newest version, as the person saw it. */
      base: z.number().int().positive(),
      note: z.string().max(2000).default(''),
      author,
    }),
    response: evalSetVersion,
  },
} satisfies Record<string, RouteContract>;
