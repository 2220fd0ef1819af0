import { z } from 'zod';
import { instant, interval, jsonObject, projectParams, type RouteContract } from './route.ts';
import { comparison } from './runs.ts';

const rate = z.object({ n: z.number(), passRate: z.number(), interval });
const report = z.object({
  set: z.string().nullable(),
  setVersion: z.number(),
  /** Each dev case predicted by a model that did not see it; null where there is a reason. */
  baseline: z
    .object({
      method: z.string(),
      library: z.string(),
      folds: z.number(),
      /** Dev labels that it learnt from. */
      labelsUsed: z.number(),
      trainingMs: z.number(),
      createdAt: instant,
      dev: rate,
      /** By one model that learnt all of dev. */
      holdout: rate.nullable(),
    })
    .nullable(),
  reason: z.object({ code: z.string(), message: z.string(), details: jsonObject }).nullable(),
  /** The best prompt version on the same cases, by its newest run. */
  prompt: z
    .object({
      run: z.number(),
      prompt: z.string(),
      version: z.number(),
      model: z.string(),
      standIn: z.boolean(),
      wallMs: z.number(),
      done: z.number(),
      cached: z.number(),
      dev: rate,
      holdout: rate.nullable(),
      /** Labelled examples in its messages. */
      examples: z.number(),
      costUsdPer1000Calls: z.number().nullable(),
    })
    .nullable(),
  /** What the prompt fixes and breaks against the classifier, over dev. */
  comparison: comparison.nullable(),
});

export const baselineRoutes = {
  'GET /api/projects/:project/baseline': {
    summary:
      'A classifier trained on the dev labels, cross-validated, beside the best prompt: of a set, else of the one that was run last. Null with the reason while there is none; small sets are trained on at once.',
    params: projectParams,
    query: z.object({ set: z.string().optional() }),
    response: report,
  },
  'POST /api/projects/:project/baseline': {
    summary: 'Trains the classifier of a set, however large; it is trained once a version.',
    params: projectParams,
    body: z.strictObject({ set: z.string().optional() }),
    response: report,
  },
} satisfies Record<string, RouteContract>;
