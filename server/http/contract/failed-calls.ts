import { z } from 'zod';
import { callFailures } from '../../domain/unobserved-call.ts';
import { instant, interval, projectParams, type RouteContract } from './route.ts';

const failure = z.enum(callFailures);

export const failedCallRoutes = {
  'POST /api/failed-calls': {
    summary: 'Reports one production call that failed: it is counted apart from those that were answered.',
    needs: null,
    body: z.strictObject({
      project: z.string(),
      prompt: z.string().optional(),
      release: z.number().int().positive().optional(),
      failure: failure.default('other'),
      message: z.string().max(5000).default(''),
    }),
    response: z.undefined(),
  },
  'GET /api/projects/:project/failed-calls': {
    summary: 'How many production calls of the last days failed, by release and kind, and the newest of them.',
    params: projectParams,
    query: z.object({
      days: z.coerce.number().int().min(1).max(365).default(7),
      /** Of `newest`: those of this release. */
      release: z.coerce.number().int().positive().optional(),
    }),
    response: z.object({
      releases: z.array(
        z.object({
          /** Null for calls that named none. */
          release: z.number().nullable(),
          calls: z.number(),
          failed: z.number(),
          rate: z.number(),
          interval,
          kinds: z.array(z.object({ failure, count: z.number() })),
        }),
      ),
      newest: z.array(
        z.object({
          id: z.number(),
          release: z.number().nullable(),
          failure,
          message: z.string(),
          model: z.string().nullable(),
          traceId: z.string().nullable(),
          createdAt: instant,
        }),
      ),
    }),
  },
} satisfies Record<string, RouteContract>;
