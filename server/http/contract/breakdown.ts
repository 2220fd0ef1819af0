import { z } from 'zod';
import { inputLanguages } from '../../domain/input-language.ts';
import { type RouteContract, runParams, split } from './route.ts';
import { rates } from './runs.ts';

const group = rates.extend({ key: z.string() });
const distribution = z
  .object({
    n: z.number(),
    min: z.number(),
    p5: z.number(),
    p25: z.number(),
    p50: z.number(),
    p75: z.number(),
    p95: z.number(),
    max: z.number(),
    /** From `from` up to, without, `to`; the last one holds all from its `from` on. */
    bins: z.array(z.object({ from: z.number(), to: z.number(), count: z.number() })).readonly(),
  })
  .nullable();
const confusion = z
  .object({
    columns: z
      .array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('answer'), answer: z.string() }),
          z.object({ type: z.literal('other_answers') }),
          z.object({ type: z.literal('no_answer') }),
          z.object({ type: z.literal('error') }),
        ]),
      )
      .readonly(),
    /** A label of null stands for all beyond the most frequent ones. */
    rows: z
      .array(
        z.object({
          label: z.string().nullable(),
          cells: z.array(z.object({ count: z.number(), passed: z.number() })).readonly(),
        }),
      )
      .readonly(),
  })
  .nullable();

export const breakdownRoutes = {
  'GET /api/runs/:run/breakdown': {
    summary:
      'A run by tag, label, language and split, each rate with its interval; expected labels against answers; errors by kind; how tokens, cost and latency are spread.',
    params: runParams,
    response: z.object({
      /** What each scorer said by itself; `mean` of its values. */
      byScorer: z.array(rates.extend({ metric: z.string(), scorer: z.string(), mean: z.number().nullable() })),
      byTag: z.array(group),
      byLabel: z.array(group),
      byLanguage: z.array(group.extend({ key: z.enum(inputLanguages) })),
      bySplit: z.array(group.extend({ key: split })),
      /** How many more tags and labels there are, which few cases have. */
      moreTags: z.number(),
      moreLabels: z.number(),
      confusion,
      errors: z.array(z.object({ code: z.string(), count: z.number(), message: z.string() })),
      /** Tokens of all replies; cost and latency of those that were not from the cache. */
      inputTokens: distribution,
      outputTokens: distribution,
      costUsd: distribution,
      latencyMs: distribution,
    }),
  },
} satisfies Record<string, RouteContract>;
