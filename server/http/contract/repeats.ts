import { z } from 'zod';
import { interval, type RouteContract, runParams } from './route.ts';

/** A mean over cases with its error, clustered over groups of cases. */
const rate = z.object({ value: z.number(), standardError: z.number(), interval });

export const repeatRoutes = {
  'GET /api/runs/:run/repeats': {
    summary: 'pass@k, pass^k and flaky cases of a run with repeats, and its pass rate over groups of cases.',
    params: runParams,
    response: z.object({
      /** For k = 1 … repeats; empty where each case was asked once. */
      rates: z.array(
        z.object({
          k: z.number(),
          /** Cases with k or more repeats, which the two rates are over, and cases with fewer, because some ended in errors. */
          n: z.number(),
          tooFew: z.number(),
          /** The chance that at least one of k tries passes. */
          passAtK: rate.nullable(),
          /** The chance that all of k tries pass. */
          passHatK: rate.nullable(),
        }),
      ),
      /** Cases that neither always passed nor always failed, of those asked more than once. */
      flaky: z.object({ count: z.number(), n: z.number(), share: z.number(), interval }).nullable(),
      /** The first of them, those nearest to half first; the results have a filter for all. */
      flakyCases: z.array(z.object({ caseKey: z.string(), passed: z.number(), repeats: z.number() })),
      /** Where cases belong together, such as those of one document. */
      groups: z.object({ cases: z.number(), groups: z.number(), passRate: rate }).nullable(),
    }),
  },
} satisfies Record<string, RouteContract>;
