import { z } from 'zod';
import { inputLanguages } from '../../domain/input-language.ts';
import { parameters } from './prompts.ts';
import {
  author,
  idParams,
  instant,
  interval,
  jsonObject,
  projectParams,
  type RouteContract,
  runParams,
  split,
  splitChoice,
} from './route.ts';

export const scorerSpec = z.strictObject({
  name: z.string(),
  args: z.string().default(''),
  negate: z.boolean().default(false),
  weight: z.number().positive().default(1),
});
const rates = z.object({
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
  split: splitChoice,
  repeats: z.number(),
  concurrency: z.number(),
  useCache: z.boolean(),
  maxCostUsd: z.number().nullable(),
  maxErrors: errorLimit,
  threshold: z.number().nullable(),
  timeoutMs: z.number(),
});
export const runStatus = z.enum(['queued', 'running', 'paused', 'completed', 'cancelled', 'interrupted', 'failed']);
export const runSummary = rates.extend({
  total: z.number(),
  done: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
  costUsd: z.number().nullable(),
  cached: z.number(),
  wallMs: z.number(),
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  bySplit: z.object({ dev: rates.optional(), holdout: rates.optional() }).readonly(),
});
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
  settings,
  parameters,
  note: z.string(),
  codeVersion: z.string(),
  servedModel: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
});

export const runRequest = z.strictObject({
  prompt: z.string(),
  /** The newest where none is given. */
  version: z.number().int().positive().optional(),
  set: z.string(),
  model: z.string(),
  /** By default `label` where the prompt or the set has labels, `json-equal` for JSON, else `exact`. */
  scorers: z.array(scorerSpec).optional(),
  split: splitChoice.optional(),
  repeats: z.number().int().min(1).max(20).optional(),
  concurrency: z.number().int().min(1).max(256).optional(),
  useCache: z.boolean().optional(),
  maxCostUsd: z.number().nonnegative().nullable().optional(),
  maxErrors: errorLimit.optional(),
  threshold: z.number().min(0).max(1).nullable().optional(),
  timeoutMs: z.number().int().min(100).max(3_600_000).optional(),
  note: z.string().max(2000).optional(),
});

/** What a person holds of an answer, whatever the scorers said. */
const verdict = z.enum(['passed', 'failed']).nullable();
const review = z.object({ category: z.string(), note: z.string(), verdict, author: z.string(), createdAt: instant });
const score = z.object({
  scorer: z.string(),
  value: z.number().nullable(),
  passed: z.boolean(),
  answer: z.string().nullable(),
  explanation: z.string(),
});
export const resultRow = z.object({
  id: z.number(),
  caseKey: z.string(),
  split,
  tags: z.array(z.string()).readonly(),
  repeat: z.number(),
  attempt: z.number(),
  variables: jsonObject,
  expected: z.json(),
  outcome: z.enum(['passed', 'failed', 'no_answer', 'error']),
  output: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  scores: z.array(score).readonly(),
  /** Probability that the model gave the label it chose; null where it does not say. */
  confidence: z.number().nullable(),
  finishReason: z.string().nullable(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number().nullable(),
  latencyMs: z.number(),
  calls: z.number(),
  fromCache: z.boolean(),
  notes: z.array(z.string()).readonly(),
  review: review.nullable(),
});

/** Which results of a run: all that is given must hold. */
const resultFilter = z.object({
  outcome: z.enum(['passed', 'failed', 'no_answer', 'error', 'not_passed']).optional(),
  split: split.optional(),
  /** In the case, the output or the error; whatever its case. */
  search: z.string().max(200).optional(),
  /** Failure category that a person gave. */
  category: z.string().optional(),
  tag: z.string().max(200).optional(),
  /** Expected label. */
  label: z.string().max(200).optional(),
  /** Answer that the first scorer read. */
  answer: z.string().max(2000).optional(),
  errorCode: z.string().max(80).optional(),
  /** What the input is written in, by its script. */
  language: z.enum(inputLanguages).optional(),
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
  enoughFlips: z.boolean(),
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
    summary: 'The runs of a project, newest first.',
    params: projectParams,
    response: z.object({ runs: z.array(runOverview) }),
  },
  'POST /api/projects/:project/runs/plan': {
    summary: 'What a run would take: calls, tokens and cost, before anything is asked of a model.',
    params: projectParams,
    body: runRequest,
    response: z.object({
      cases: z.number(),
      calls: z.number(),
      /** Calls that the response cache answers. */
      cachedCalls: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      costUsd: z.number().nullable(),
      scorers: z.array(scorerSpec),
      /** Smallest true difference between two runs on these cases that would be found with power .8, at 10 % flips. */
      detectable: z.number().nullable(),
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
  'GET /api/runs/:run/results': {
    summary: 'Results in pages, failures first: `after` is the id of the last one seen.',
    params: runParams,
    query: resultFilter.extend({
      after: z.coerce.number().int().nonnegative().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ results: z.array(resultRow), after: z.number().nullable() }),
  },
  'GET /api/results/:id': {
    summary: 'A result with the messages that were sent and every attempt at it.',
    params: idParams,
    response: resultRow.extend({
      run: z.number(),
      messages: z.array(z.object({ role: z.string(), content: z.string() })),
      attempts: z.array(
        z.object({
          id: z.number(),
          attempt: z.number(),
          createdAt: instant,
          output: z.string().nullable(),
          error: z.string().nullable(),
          latencyMs: z.number(),
        }),
      ),
    }),
  },
  'PUT /api/results/:id/review': {
    summary: 'Notes what a person found in a result: the category of its failure, a note, a verdict.',
    params: idParams,
    body: z.strictObject({
      category: z.string().trim().max(80),
      note: z.string().max(5000),
      verdict: verdict.default(null),
      author,
    }),
    response: review,
  },
  'GET /api/projects/:project/categories': {
    summary: 'Failure categories in use, with how many results each has.',
    params: projectParams,
    response: z.object({ categories: z.array(z.object({ category: z.string(), count: z.number() })) }),
  },
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
  'POST /api/runs/:run/rescore': {
    summary: 'Scores the stored outputs again; no model is called, the old scoring stays.',
    params: runParams,
    body: z.strictObject({
      scorers: z.array(scorerSpec).min(1),
      threshold: z.number().min(0).max(1).nullable().default(null),
    }),
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
      comparison,
      /** Why the two can't be taken for like with like: another set version, another scorer. */
      warnings: z.array(z.object({ code: z.string(), message: z.string() })),
      cases: z.array(compared),
    }),
  },
  'GET /api/scorers': {
    summary: 'The scorers there are.',
    response: z.object({
      scorers: z.array(
        z.object({
          name: z.string(),
          description: z.string(),
          argument: z.object({ needed: z.boolean(), example: z.string() }).nullable(),
        }),
      ),
    }),
  },
} satisfies Record<string, RouteContract>;
