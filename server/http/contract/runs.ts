import { z } from 'zod';
import { runModes } from '../../domain/run.ts';
import { archivedChoices } from '../../domain/run-filter.ts';
import { scorerGroups, scorerNeeds } from '../../domain/scorer.ts';
import { judgeStanding } from './judges.ts';
import { parameters } from './prompts.ts';
import { resultRow } from './results.ts';
import { instant, interval, jsonObject, projectParams, type RouteContract, runParams, splitChoice } from './route.ts';

export const scorerSpec = z.strictObject({
  name: z.string(),
  args: z.string().default(''),
  negate: z.boolean().default(false),
  weight: z.number().positive().default(1),
  /** The name that its scores go by. */
  metric: z.string().optional(),
});
/** What scorers ask of models, with what the cache does not answer counted in tokens and cost. */
export const judgingEstimate = z.object({
  calls: z.number(),
  cachedCalls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Texts whose embeddings are asked for. */
  texts: z.number(),
  costUsd: z.number().nullable(),
});
export const rates = z.object({
  passed: z.number(),
  failed: z.number(),
  noAnswer: z.number(),
  errors: z.number(),
  n: z.number(),
  passRate: z.number().nullable(),
  interval: interval.nullable(),
});
const errorLimit = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('count'), value: z.number().int().nonnegative() }),
  z.strictObject({ type: z.literal('rate'), value: z.number().min(0).max(1) }),
]);
const settings = z.object({
  /** `batch`: answered by the provider within a day, at a lower price. */
  mode: z.enum(runModes),
  split: splitChoice,
  repeats: z.number(),
  concurrency: z.number(),
  useCache: z.boolean(),
  maxCostUsd: z.number().nullable(),
  maxErrors: errorLimit,
  threshold: z.number().nullable(),
  timeoutMs: z.number(),
  stopAtRate: z.number().nullable(),
  judgeModel: z.string().nullable(),
  embeddingModel: z.string().nullable(),
});
export const runStatus = z.enum(['queued', 'running', 'paused', 'completed', 'cancelled', 'interrupted', 'failed']);
export const runSummary = rates.extend({
  total: z.number(),
  done: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
  costUsd: z.number().nullable(),
  judgingCostUsd: z.number().nullable(),
  cached: z.number(),
  wallMs: z.number(),
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  bySplit: z.object({ dev: rates.optional(), holdout: rates.optional() }).readonly(),
});
export const holdoutLook = z.object({ look: z.number(), confidence: z.number(), interval: interval.nullable() });
export const runOverview = runSummary.extend({
  id: z.number(),
  status: runStatus,
  statusReason: z.string(),
  project: z.string(),
  prompt: z.string(),
  version: z.number(),
  model: z.string(),
  standIn: z.boolean(),
  set: z.string(),
  setVersion: z.number(),
  split: splitChoice,
  /** As typed on the command line. */
  scorers: z.array(z.string()),
  /** The judge models' verdicts that its rate rests on, with what people's labels say of each judge. */
  judges: z.array(judgeStanding),
  /** Which look at the holdout cases this was for its prompt, and what may be claimed at it. */
  holdout: holdoutLook.nullable(),
  settings,
  parameters,
  note: z.string(),
  codeVersion: z.string(),
  servedModel: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  tags: z.array(z.string()).readonly(),
  /** Since when it is out of the way. */
  archivedAt: instant.nullable(),
});

export const archived = z.enum(archivedChoices).default('without');
const runFilter = z.object({
  prompt: z.string().max(80).optional(),
  version: z.coerce.number().int().positive().optional(),
  model: z.string().max(200).optional(),
  set: z.string().max(80).optional(),
  split: splitChoice.optional(),
  status: runStatus.optional(),
  tag: z.string().max(40).optional(),
  archived,
  /** Each of its words must stand in what names a run, in its note or in its tags. */
  search: z.string().max(200).optional(),
});

export const runRequest = z.strictObject({
  prompt: z.string(),
  /** The newest where none is given. */
  version: z.number().int().positive().optional(),
  set: z.string(),
  model: z.string(),
  /** By default `label` where the prompt or the set has labels, `json-equal` for JSON, else `exact`. */
  scorers: z.array(scorerSpec).optional(),
  mode: z.enum(runModes).optional(),
  split: splitChoice.optional(),
  repeats: z.number().int().min(1).max(20).optional(),
  concurrency: z.number().int().min(1).max(256).optional(),
  useCache: z.boolean().optional(),
  maxCostUsd: z.number().nonnegative().nullable().optional(),
  maxErrors: errorLimit.optional(),
  threshold: z.number().min(0).max(1).nullable().optional(),
  timeoutMs: z.number().int().min(100).max(3_600_000).optional(),
  /** Pass rate at which the run ends early, once it clearly lies above or below. */
  stopAtRate: z.number().gt(0).lt(1).nullable().optional(),
  /** What model-graded scorers ask, as `connection/name`. */
  judgeModel: z.string().nullable().optional(),
  /** What scorers that compare embeddings ask. */
  embeddingModel: z.string().nullable().optional(),
  note: z.string().max(2000).optional(),
});

export const comparison = z.object({
  n: z.number(),
  fixed: z.number(),
  broken: z.number(),
  bothPass: z.number(),
  bothFail: z.number(),
  excluded: z.number(),
  difference: z.number(),
  interval,
  pValue: z.number(),
  verdict: z.enum(['better', 'worse', "can't tell"]),
  detectable: z.number().nullable(),
  /** By the exact test's own power, at the level that the look leaves. */
  exactDetectable: z.number().nullable(),
  /** Cases on which a true difference of 5 points would be found with power .8 at this share of flips. */
  casesForFivePoints: z.number().nullable(),
  /** Which look at the holdout cases this comparison belongs to; null where it is not over holdout cases alone. */
  look: z.number().nullable(),
  enoughFlips: z.boolean(),
});
const correctedComparison = comparison.extend({
  /** For the look at holdout cases, then by Holm over all comparisons that are made at once. */
  correctedPValue: z.number(),
  correctedVerdict: comparison.shape.verdict,
});
export const metricComparison = correctedComparison.extend({ metric: z.string() });
export const pairComparison = correctedComparison.extend({
  /** Paired cases without an answer before and after; `fixed` and `broken`: what of these is only that outputs became readable, or stopped being so. */
  noAnswer: z.object({ before: z.number(), after: z.number(), fixed: z.number(), broken: z.number() }),
});

const compared = z.object({
  caseKey: z.string(),
  group: z.enum(['fixed', 'broken', 'bothPass', 'bothFail']),
  variables: jsonObject,
  expected: z.json(),
  a: resultRow,
  b: resultRow,
});

export const runRoutes = {
  'GET /api/projects/:project/runs': {
    summary:
      'The runs of a project in pages, newest first: `after` is the number of the last one seen. Archived ones only where they are asked for.',
    params: projectParams,
    query: runFilter.extend({
      after: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({
      runs: z.array(runOverview),
      /** All that match, on every page. */
      count: z.number(),
      after: z.number().nullable(),
    }),
  },
  'GET /api/projects/:project/runs/choices': {
    summary: 'What the runs of a project can be narrowed to.',
    params: projectParams,
    response: z.object({
      prompts: z.array(z.string()),
      models: z.array(z.string()),
      sets: z.array(z.string()),
      tags: z.array(z.string()),
      statuses: z.array(runStatus),
      /** How many are archived. */
      archived: z.number(),
    }),
  },
  'POST /api/projects/:project/runs/plan': {
    summary: 'What a run would take: calls, tokens and cost, before anything is asked of a model.',
    needs: null,
    params: projectParams,
    body: runRequest,
    response: z.object({
      cases: z.number(),
      calls: z.number(),
      /** Calls that the response cache answers. */
      cachedCalls: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      /** Judging included. */
      costUsd: z.number().nullable(),
      judging: judgingEstimate.nullable(),
      scorers: z.array(scorerSpec),
      /** Smallest true difference between two runs on these cases that would be found with power .8, at 10 % flips. */
      detectable: z.number().nullable(),
      /** The same by the exact test's own power, at the level that the look leaves. */
      exactDetectable: z.number().nullable(),
      /** Which look at the set's holdout cases it would be for this prompt; null where it asks none. */
      holdoutLook: z.number().nullable(),
      problems: z.array(z.object({ code: z.string(), message: z.string() })),
    }),
  },
  'POST /api/projects/:project/runs': {
    summary: 'Starts a run in this server.',
    params: projectParams,
    body: runRequest,
    response: runOverview,
  },
  'GET /api/runs/:run': { summary: 'A run with its counts.', params: runParams, response: runOverview },
  'POST /api/runs/:run/pause': {
    summary: 'Pauses a run after the calls under way.',
    params: runParams,
    response: runOverview,
  },
  'POST /api/runs/:run/cancel': {
    summary: 'Cancels a run and the calls under way.',
    params: runParams,
    response: runOverview,
  },
  'POST /api/runs/:run/resume': {
    summary: 'Goes on with a run that rests: asks only for what is missing.',
    params: runParams,
    response: runOverview,
  },
  'POST /api/runs/:run/retry-errors': {
    summary: 'Asks again for the results that are errors.',
    params: runParams,
    response: runOverview,
  },
  'GET /api/runs/:run/events': {
    summary:
      'What happens to a run, as server-sent events: `status`, `note`, `progress`. `Last-Event-ID` brings what was missed.',
    params: runParams,
    response: { mediaType: 'text/event-stream' },
  },
  'GET /api/compare/:a/:b': {
    summary: 'Two runs paired by case: what b fixed and broke against a, with the exact test and a verdict.',
    params: z.object({ a: z.coerce.number().int().positive(), b: z.coerce.number().int().positive() }),
    query: z.object({ split: splitChoice.default('all') }),
    response: z.object({
      a: runOverview,
      b: runOverview,
      comparison: pairComparison,
      /** By each scorer alone that both have. */
      metrics: z.array(metricComparison),
      /** Why the two can't be taken for like with like: another set version, another scorer. */
      warnings: z.array(z.object({ code: z.string(), message: z.string() })),
      cases: z.array(compared),
    }),
  },
  'POST /api/scorers/check': {
    summary: 'What is wrong with a scorer as it is written; nothing is asked of a model.',
    body: scorerSpec,
    response: z.object({
      problem: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  },
  'GET /api/scorers': {
    summary: 'The scorers there are.',
    response: z.object({
      scorers: z.array(
        z.object({
          name: z.string(),
          group: z.enum(scorerGroups),
          description: z.string(),
          argument: z.object({ needed: z.boolean(), example: z.string() }).nullable(),
          /** What it judges with beside the output and the case. */
          needs: z.enum(scorerNeeds).nullable(),
        }),
      ),
      /** What `script` may name: files in the folder of scorers. */
      files: z.array(z.object({ name: z.string(), description: z.string() })),
      directory: z.string(),
    }),
  },
} satisfies Record<string, RouteContract>;
