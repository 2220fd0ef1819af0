import { z } from 'zod';
import { batchStatuses } from '../../domain/batch.ts';
import { instant, type RouteContract, runParams } from './route.ts';

const batch = z.object({
  /** Counts the batches of its run from 1. */
  number: z.number(),
  /** Which try at its cases it is, from 1. */
  round: z.number(),
  /** Its name at the provider; null while it is on its way there. */
  providerId: z.string().nullable(),
  status: z.enum(batchStatuses),
  requests: z.number(),
  completed: z.number(),
  failed: z.number(),
  estimatedUsd: z.number().nullable(),
  /** Where its run goes once it is cancelled. */
  ending: z.enum(['paused', 'cancelled']).nullable(),
  /** Why it failed as a whole; empty where it did not. */
  reason: z.string(),
  createdAt: instant,
  /** When the provider gives it up. */
  expiresAt: instant.nullable(),
  /** When all its answers were stored. */
  settledAt: instant.nullable(),
});

export const batchRoutes = {
  'GET /api/runs/:run/batches': {
    summary: 'The batches of a run at its provider, in the order they were sent; none where the run is live.',
    params: runParams,
    response: z.object({ batches: z.array(batch) }),
  },
  'GET /api/batch-mode': {
    summary: 'Whether a model can be asked in batches, and which part of its price that takes.',
    query: z.object({ model: z.string().max(200) }),
    response: z.object({ offered: z.boolean(), share: z.number().nullable() }),
  },
} satisfies Record<string, RouteContract>;
