import { z } from 'zod';
import { judgeStanding } from './judges.ts';
import { message, parameters, responseFormat } from './prompts.ts';
import { author, instant, interval, projectParams, promptParams, type RouteContract, split } from './route.ts';

const runEvidence = z.object({
  runId: z.number(),
  evalSet: z.string(),
  evalSetVersion: z.number(),
  split,
  rates: z.object({
    passed: z.number(),
    failed: z.number(),
    noAnswer: z.number(),
    errors: z.number(),
    n: z.number(),
    passRate: z.number().nullable(),
    interval: interval.nullable(),
  }),
  /** Which look at the holdout cases it was, and what may be claimed at it. */
  holdout: z.object({ look: z.number(), confidence: z.number(), interval: interval.nullable() }).optional(),
  /** What was known of the judge models that the rate rests on, where any judged. */
  judges: z.array(judgeStanding).readonly().optional(),
  costUsdPer1000Calls: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  createdAt: instant,
});
export const evidence = z.object({
  runs: z.array(runEvidence).readonly(),
  criteria: z
    .array(
      z.object({
        name: z.enum(['pass_rate', 'cost', 'latency']),
        state: z.enum(['met', 'missed', 'not_provable', 'no_evidence', 'not_asked']),
        target: z.number().nullable(),
        observed: z.number().nullable(),
        bound: z.number().nullable(),
      }),
    )
    .readonly(),
});
export const release = z.object({
  id: z.number(),
  number: z.number(),
  prompt: z.string(),
  version: z.number(),
  model: z.string(),
  parameters,
  evidence,
  evidenceDigest: z.string(),
  note: z.string(),
  approvedBy: z.string(),
  createdAt: instant,
  labels: z.array(z.string()),
});
const labelMove = z.object({
  id: z.number(),
  prompt: z.string(),
  label: z.string(),
  release: z.number(),
  version: z.number(),
  kind: z.enum(['move', 'roll_back']),
  reason: z.string(),
  author: z.string(),
  createdAt: instant,
});
/** Where a label points now: its newest move, and what a roll-back would point it to. */
const labelState = labelMove
  .omit({ id: true, kind: true })
  .extend({ previous: z.object({ release: z.number(), version: z.number() }).nullable() });
const candidate = z.strictObject({ prompt: z.string(), version: z.number().int().positive(), model: z.string() });
const labelParams = promptParams.extend({ label: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u) });

export const releaseRoutes = {
  'POST /api/projects/:project/releases/evidence': {
    summary: 'What the runs of a version with a model say against the scope.',
    params: projectParams,
    body: candidate,
    response: evidence,
  },
  'POST /api/projects/:project/releases': {
    summary:
      'Approves a version with its model and parameters on its evidence. Refused without a completed run on a language model.',
    params: projectParams,
    body: candidate.extend({
      note: z.string().trim().min(1).max(2000),
      approvedBy: z.string().trim().min(1).max(80),
      acceptUnmet: z.boolean().default(false),
    }),
    response: release,
  },
  'GET /api/projects/:project/releases': {
    summary: 'Releases and every move of the labels, newest first, and where each label points now.',
    params: projectParams,
    response: z.object({
      releases: z.array(release),
      moves: z.array(labelMove),
      labels: z.array(labelState),
    }),
  },
  'PUT /api/projects/:project/prompts/:prompt/labels/:label': {
    summary: 'Points a label to a release.',
    params: labelParams,
    body: z.strictObject({ release: z.number().int().positive(), reason: z.string().trim().min(1).max(2000), author }),
    response: labelMove,
  },
  'POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back': {
    summary: 'Points a label to the release that it pointed to before.',
    params: labelParams,
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000), author }),
    response: labelMove,
  },
  'GET /api/prompts/:project/:prompt/:label': {
    summary: 'The released prompt that a label points to, for programs, with an ETag.',
    params: labelParams,
    response: z.object({
      project: z.string(),
      prompt: z.string(),
      label: z.string(),
      release: z.number(),
      version: z.number(),
      contentHash: z.string(),
      model: z.string(),
      messages: z.array(message),
      parameters,
      responseFormat,
      variables: z.array(z.string()),
      evidenceDigest: z.string(),
    }),
  },
} satisfies Record<string, RouteContract>;
