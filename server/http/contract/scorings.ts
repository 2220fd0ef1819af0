import { z } from 'zod';
import { scoringJobStatuses } from '../../domain/scoring.ts';
import { instant, type RouteContract, runParams } from './route.ts';
import { judgingEstimate, rates, runOverview, scorerSpec } from './runs.ts';

const number = z.coerce.number().int().positive();
const scoringParams = runParams.extend({ number });
const given = z.strictObject({
  scorers: z.array(scorerSpec).min(1),
  threshold: z.number().min(0).max(1).nullable().default(null),
  judgeModel: z.string().nullable().default(null),
  embeddingModel: z.string().nullable().default(null),
});
const scoring = z.object({
  /** Among those of its run. */
  number: z.number(),
  scorers: z.array(scorerSpec).readonly(),
  /** As typed on the command line. */
  asTyped: z.array(z.string()),
  threshold: z.number().nullable(),
  judgeModel: z.string().nullable(),
  embeddingModel: z.string().nullable(),
});
const progress = scoring.extend({
  status: z.enum(scoringJobStatuses),
  reason: z.string(),
  total: z.number(),
  done: z.number(),
  /** What asking models has cost; null where a price is missing. */
  costUsd: z.number().nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
});
const outcome = z.enum(['passed', 'failed', 'no_answer', 'error']);

export const scoringRoutes = {
  'POST /api/runs/:run/rescore': {
    summary:
      'Begins to score the stored outputs again, in this server: the model that answered is not asked, a judge model only where a scorer does. The new scoring counts once it is whole; the others stay.',
    params: runParams,
    body: given,
    response: progress.nullable(),
  },
  'POST /api/runs/:run/rescore/plan': {
    summary: 'What scoring a run again would ask, before anything is asked of a model.',
    params: runParams,
    body: given,
    response: z.object({ outputs: z.number(), judging: judgingEstimate.nullable() }),
  },
  'GET /api/runs/:run/scoring-job': {
    summary: 'How far the newest later scoring of a run is; null where there is none.',
    params: runParams,
    response: z.object({ job: progress.nullable() }),
  },
  'POST /api/runs/:run/scoring-job/stop': {
    summary: 'Stops the scoring that goes on; what is judged stays, and it can be gone on with.',
    params: runParams,
    response: progress.nullable(),
  },
  'POST /api/runs/:run/scorings/:number/resume': {
    summary: 'Goes on with a scoring that was stopped or interrupted: only what is missing is judged.',
    params: scoringParams,
    response: progress.nullable(),
  },
  'GET /api/runs/:run/scorings': {
    summary: 'The scorings of a run, newest first, each with its pass rate.',
    params: runParams,
    response: z.object({
      scorings: z.array(scoring.extend({ createdAt: instant, counts: z.boolean() }).extend(rates.shape)),
    }),
  },
  'POST /api/runs/:run/scorings/:number/count': {
    summary: 'Lets an earlier scoring count again, in lists, charts and comparisons.',
    params: scoringParams,
    response: runOverview,
  },
  'GET /api/runs/:run/scorings/compare': {
    summary: 'What two scorings of a run say of the same outputs; `changed` are the first 200 that they differ on.',
    params: runParams,
    query: z.object({ from: number, to: number }),
    response: z.object({
      counts: z.array(z.object({ from: outcome, to: outcome, count: z.number() })),
      changed: z.array(z.object({ result: z.number(), caseKey: z.string(), from: outcome, to: outcome })),
    }),
  },
} satisfies Record<string, RouteContract>;
