import { z } from 'zod';
import { alertEventKinds, budgetPeriods } from '../../domain/alert.ts';
import { author, idParams, instant, interval, projectParams, type RouteContract, saying } from './route.ts';

const ruleParams = projectParams.extend(idParams.shape);
const share = z.number().min(0).max(1);
const silence = z.strictObject({ kind: z.literal('silence'), hours: z.number().positive().max(8760) });
const budget = z.strictObject({
  kind: z.literal('budget'),
  /** Of the calendar, in UTC. */
  period: z.enum(budgetPeriods),
  maxUsd: z.number().positive(),
});
const ofPrompt = { kind: z.literal('share'), prompt: z.string(), windowDays: z.number().int().min(1).max(90) };
const counted = z.strictObject({
  ...ofPrompt,
  /** `answered`: the others failed. */
  measure: z.enum(['scores', 'feedback', 'answered']),
  threshold: z.number().gt(0).lt(1),
});
const inTime = z.strictObject({ ...ofPrompt, measure: z.literal('latency'), maxMs: z.number().positive() });

const alertCondition = z.union([counted, inTime.extend({ threshold: share }), silence, budget]);
const evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('share'),
    release: z.number(),
    /** Of the release within its prompt. */
    number: z.number(),
    since: instant,
    passed: z.number(),
    n: z.number(),
    rate: z.number().nullable(),
    /** Holds however often it was looked at, with the part of the 5 % that this stretch of time has. */
    interval,
    threshold: share,
  }),
  z.object({ kind: z.literal('silence'), lastAt: instant.nullable(), hours: z.number() }),
  z.object({
    kind: z.literal('budget'),
    since: instant,
    spentUsd: z.number(),
    forecastUsd: z.number(),
    maxUsd: z.number(),
    calls: z.number(),
    priced: z.number(),
  }),
]);
const rule = z.object({
  id: z.number(),
  condition: alertCondition,
  state: z.enum(['ok', 'firing', 'acknowledged']),
  /** What it was held against last, or while it fires what it was raised by; null where nothing is in production. */
  evidence: evidence.nullable(),
  since: instant.nullable(),
  author: z.string(),
  createdAt: instant,
});
const told = z.object({
  id: z.number(),
  rule: z.number(),
  condition: alertCondition,
  evidence: evidence.nullable(),
  note: z.string(),
  author: z.string(),
  createdAt: instant,
});
const event = told.extend({ kind: z.enum(alertEventKinds) });
/** A rule that was given other limits: `before` is what it asked until then. */
const change = told.extend({ kind: z.literal('changed'), before: alertCondition });
const newCondition = z.union([counted, inTime, silence, budget]);
const delivery = z.object({
  id: z.number(),
  /** Null for a test. */
  event: z.enum(alertEventKinds).nullable(),
  attempt: z.number(),
  status: z.enum(['sending', 'delivered', 'failed']),
  httpStatus: z.number().nullable(),
  problem: saying.extend({ message: z.string() }).nullable(),
  startedAt: instant,
});
const variable = z.string().max(80).nullable().default(null);
const webhook = z.object({
  url: z.string().nullable(),
  urlVariable: z.string().nullable(),
  authorizationVariable: z.string().nullable(),
  signingVariable: z.string().nullable(),
  author: z.string(),
  createdAt: instant,
  /** Those of its variables that are not set. */
  unset: z.array(z.string()),
});

export const alertRoutes = {
  'GET /api/projects/:project/alerts': {
    summary: 'Rules that watch production, how each stands, and what became of them, newest first.',
    params: projectParams,
    response: z.object({
      rules: z.array(rule),
      history: z.array(z.union([event, change])),
      /** What a rule may ask: of each prompt its release in production, with the lower bound of the rate that it was approved on. */
      prompts: z.array(
        z.object({
          prompt: z.string(),
          name: z.string(),
          production: z.object({ release: z.number(), number: z.number(), promised: z.number().nullable() }).nullable(),
        }),
      ),
      /** Pass rate that the scope asks for. */
      target: z.number().nullable(),
    }),
  },
  'GET /api/projects/:project/alerts/firing': {
    summary: 'How many alerts of a project fire that nobody has acknowledged.',
    params: projectParams,
    response: z.object({ firing: z.number() }),
  },
  'POST /api/projects/:project/alerts': {
    summary: 'Adds a rule. `threshold` is a share of the calls; `maxMs` a p95 latency.',
    params: projectParams,
    body: z.strictObject({ condition: newCondition, author }),
    response: z.object({ id: z.number() }),
  },
  'PUT /api/projects/:project/alerts/:id': {
    summary: 'Gives a rule other limits from now on; what it watches stays, and so does what it asked before.',
    params: ruleParams,
    body: z.strictObject({ condition: newCondition, author }),
    response: z.undefined(),
  },
  'DELETE /api/projects/:project/alerts/:id': {
    summary: 'Removes a rule; what became of it stays in the history.',
    params: ruleParams,
    response: z.undefined(),
  },
  'POST /api/projects/:project/alerts/:id/acknowledge': {
    summary: 'Says that someone has an alert in hand.',
    params: ruleParams,
    body: z.strictObject({ note: z.string().trim().max(2000).default(''), author }),
    response: z.undefined(),
  },
  'POST /api/projects/:project/alerts/check': {
    summary: 'Holds every rule against what was observed now, as the server does every half minute.',
    params: projectParams,
    response: z.object({ firing: z.number() }),
  },
  'GET /api/projects/:project/alerts/webhook': {
    summary: 'Where alerts are told, and the attempts to do so, newest first.',
    params: projectParams,
    response: z.object({ webhook: webhook.nullable(), deliveries: z.array(delivery) }),
  },
  'PUT /api/projects/:project/alerts/webhook': {
    summary:
      'Sets where alerts are told: an address, or the name of a variable that holds it. Secrets are named by their variables, which begin with WHETSTONE_WEBHOOK_.',
    needs: 'approver',
    params: projectParams,
    body: z.strictObject({
      url: z.string().trim().max(2000).nullable().default(null),
      urlVariable: variable,
      authorizationVariable: variable,
      signingVariable: variable,
      author,
    }),
    response: z.undefined(),
  },
  'DELETE /api/projects/:project/alerts/webhook': {
    summary: 'Tells alerts nowhere any more.',
    needs: 'approver',
    params: projectParams,
    response: z.undefined(),
  },
  'POST /api/projects/:project/alerts/webhook/test': {
    summary: 'Sends a test message, and says what became of it.',
    needs: 'approver',
    params: projectParams,
    response: delivery,
  },
} satisfies Record<string, RouteContract>;
