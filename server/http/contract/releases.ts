import { z } from 'zod';
import { judgeStanding } from './judges.ts';
import { message, parameters, responseFormat } from './prompts.ts';
import {
  author,
  idParams,
  instant,
  interval,
  jsonObject,
  projectParams,
  promptParams,
  type RouteContract,
  split,
} from './route.ts';
import { rates } from './runs.ts';

const price = z.object({ input: z.number(), cachedInput: z.number().nullable(), output: z.number() });
const listed = { asOf: z.string(), source: z.string() };
const priceOrigin = z.discriminatedUnion('type', [
  z.object({ type: z.literal('shipped'), ...listed }),
  z.object({ type: z.literal('own'), ...listed, author: z.string(), setAt: instant }),
  z.object({ type: z.literal('this_machine') }),
]);
/** By what calls were priced, and who said so; one after the other where a run went on later. */
const pricedBy = z
  .array(
    z.object({
      price,
      origin: priceOrigin,
      batch: z.object({ share: z.number(), origin: priceOrigin }).optional(),
    }),
  )
  .readonly()
  .optional();
const gateName = z.enum(['pass_rate', 'tag', 'cost', 'latency']);
const gateState = z.enum(['met', 'missed', 'not_provable', 'no_evidence', 'not_asked']);
const runEvidence = z.object({
  runId: z.number(),
  evalSet: z.string(),
  evalSetVersion: z.number(),
  split,
  rates,
  /** Which look at the holdout cases it was, and what may be claimed at it. */
  holdout: z.object({ look: z.number(), confidence: z.number(), interval: interval.nullable() }).optional(),
  /** The scorers as they are typed, and how many cases of the set have scorers of their own. */
  judgedBy: z
    .object({ scorers: z.array(z.string()).readonly(), threshold: z.number().nullable(), casesWithOwn: z.number() })
    .optional(),
  /** What was known of the judge models that the rate rests on, where any judged. */
  judges: z.array(judgeStanding).readonly().optional(),
  /** What people called its failures, most frequent first. */
  failures: z
    .array(z.object({ category: z.string(), count: z.number() }))
    .readonly()
    .optional(),
  /** Of holdout cases, for the minimums by tag. */
  tags: z
    .array(z.object({ tag: z.string(), rates, interval: interval.nullable() }))
    .readonly()
    .optional(),
  costUsdPer1000Calls: z.number().nullable(),
  pricedBy,
  latencyP95Ms: z.number().nullable(),
  createdAt: instant,
});
export const evidence = z.object({
  /** The version that it is of. */
  subject: z.object({ prompt: z.string(), version: z.number(), contentHash: z.string(), model: z.string() }).optional(),
  runs: z.array(runEvidence).readonly(),
  criteria: z
    .array(
      z.object({
        name: gateName,
        /** Of a minimum by tag. */
        tag: z.string().optional(),
        /** Of the cost: of the run that decides. */
        pricedBy,
        state: gateState,
        target: z.number().nullable(),
        observed: z.number().nullable(),
        bound: z.number().nullable(),
        /** Of a pass rate: of how many cases, and how many more gave no usable reply. */
        n: z.number().optional(),
        errors: z.number().optional(),
      }),
    )
    .readonly(),
  /** Its runs against those of what is in production, by case. */
  againstProduction: z
    .array(
      z.object({
        release: z.number(),
        version: z.number(),
        model: z.string(),
        runs: z.object({ production: z.number(), candidate: z.number() }),
        split,
        evalSet: z.string(),
        n: z.number(),
        fixed: z.number(),
        broken: z.number(),
        difference: z.number(),
        interval,
        pValue: z.number(),
        verdict: z.enum(['better', 'worse', "can't tell"]),
      }),
    )
    .readonly()
    .optional(),
  /** Holdout cases of the project's sets, in their newest versions, that no run was on. */
  unseenHoldout: z
    .array(z.object({ evalSet: z.string(), evalSetVersion: z.number(), cases: z.number() }))
    .readonly()
    .optional(),
});
/** Why a gate that is not met does not stand in the way. */
const override = z.object({ name: gateName, tag: z.string().optional(), reason: z.string() });
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
  overrides: z.array(override.extend({ state: gateState })).readonly(),
  createdAt: instant,
  labels: z.array(z.string()),
});
const request = z.object({
  id: z.number(),
  prompt: z.string(),
  version: z.number(),
  /** Who wrote the version. */
  author: z.string(),
  model: z.string(),
  parameters,
  evidence,
  evidenceDigest: z.string(),
  note: z.string(),
  requestedBy: z.string(),
  createdAt: instant,
  state: z.enum(['open', 'sent_back', 'withdrawn', 'approved']),
  /** Whether the scope is still the one that its gates were computed from: only then can it be approved. */
  scopeIsSame: z.boolean(),
  /** Oldest first. */
  events: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(['commented', 'sent_back', 'withdrawn', 'approved']),
      text: z.string(),
      case: z.object({ set: z.string(), key: z.string() }).nullable(),
      release: z.number().nullable(),
      author: z.string(),
      createdAt: instant,
    }),
  ),
});
const said = z.string().trim().min(1).max(5000);
const overrides = z
  .array(override.extend({ reason: said }).strict())
  .max(30)
  .readonly()
  .default([]);
const requestParams = projectParams.extend(idParams.shape);
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
    needs: null,
    params: projectParams,
    body: candidate,
    response: evidence,
  },
  'POST /api/projects/:project/releases': {
    summary:
      'Requests and approves a version with its model and parameters in one step, for who works alone. Refused without a completed run on a language model.',
    needs: 'approver',
    params: projectParams,
    body: candidate.extend({
      note: said,
      overrides,
      author,
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
  'GET /api/projects/:project/release-requests': {
    summary: 'Requests for a release with what was said to them, newest first.',
    params: projectParams,
    response: z.object({ requests: z.array(request) }),
  },
  'POST /api/projects/:project/release-requests': {
    summary: 'Puts a version with its model forward for release and freezes the evidence it stands on.',
    params: projectParams,
    body: candidate.extend({ note: said, author }),
    response: request,
  },
  'GET /api/projects/:project/release-requests/:id': {
    summary: 'One request with its evidence.',
    params: requestParams,
    response: request,
  },
  'POST /api/projects/:project/release-requests/:id/comments': {
    summary: 'Says something to a request, about one of its cases where given.',
    params: requestParams,
    body: z.strictObject({ text: said, case: z.strictObject({ set: z.string(), key: z.string() }).optional(), author }),
    response: request,
  },
  'POST /api/projects/:project/release-requests/:id/send-back': {
    summary: 'Gives a request back with what is missing.',
    needs: 'approver',
    params: requestParams,
    body: z.strictObject({ text: said, author }),
    response: request,
  },
  'POST /api/projects/:project/release-requests/:id/withdraw': {
    summary: 'Takes a request back: who made it, or an approver.',
    params: requestParams,
    body: z.strictObject({ text: said, author }),
    response: request,
  },
  'POST /api/projects/:project/release-requests/:id/approve': {
    summary:
      'Releases what was requested, on the evidence frozen then. Each gate that is not met needs a written reason, which is kept.',
    needs: 'approver',
    params: requestParams,
    body: z.strictObject({ note: said, overrides, author }),
    response: release,
  },
  'PUT /api/projects/:project/prompts/:prompt/labels/:label': {
    summary: 'Points a label to a release.',
    needs: 'approver',
    params: labelParams,
    body: z.strictObject({ release: z.number().int().positive(), reason: z.string().trim().min(1).max(2000), author }),
    response: labelMove,
  },
  'POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back': {
    summary: 'Points a label to the release that it pointed to before.',
    needs: 'approver',
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
  'POST /api/prompts/:project/:prompt/:label/invoke': {
    summary:
      'Renders what a label points to, asks the released model and records an observation. With "stream" the answer comes as server-sent events: text, then done or error.',
    needs: null,
    params: labelParams,
    body: z.strictObject({ variables: jsonObject, stream: z.boolean().default(false) }),
    response: z.object({
      output: z.string(),
      finishReason: z.string(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      costUsd: z.number().nullable(),
      latencyMs: z.number(),
      notes: z.array(z.string()).readonly(),
      release: z.number(),
      version: z.number(),
      model: z.string(),
      /** Id of what was observed: feedback names it. */
      observation: z.number(),
    }),
  },
} satisfies Record<string, RouteContract>;
