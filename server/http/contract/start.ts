import { z } from 'zod';
import { draftingStatuses, draftStates } from '../../domain/case-draft.ts';
import { evalSetVersion } from './eval-sets.ts';
import { promptCheck, promptContent } from './prompts.ts';
import {
  author,
  idParams,
  instant,
  interval,
  jsonObject,
  projectParams,
  type RouteContract,
  saying,
  split,
} from './route.ts';

/** Names separated by commas. */
const names = z
  .string()
  .max(2000)
  .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== ''));
const field = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^{}[\]"'\\.,]+$/, 'write a name without braces, brackets, quotes, points and commas');
const label = z.string().trim().min(1).max(80);
const fieldNames = names.pipe(z.array(field).min(1).max(20));
const labelNames = names.pipe(z.array(label).max(50));
const chosen = { set: z.string().max(80).optional(), fields: fieldNames.optional(), labels: labelNames.optional() };

const rate = z.number().min(0).max(1);
const count = z.number().nullable();
/** From the least to the most, as `10,30`, or one number. */
const range = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,4})?(,\d{1,9}(\.\d{1,4})?)?$/, 'write one number or two with a comma, such as 10,30')
  .transform((text): [number, number] => {
    const [first = 0, second = first] = text.split(',').map(Number);
    return [Math.min(first, second), Math.max(first, second)];
  })
  .optional();
const between = z.tuple([z.number(), z.number()]).readonly();
const assumed = {
  secondsPerLabel: range,
  usdPerHour: range,
  devCases: range,
  versions: range,
  minutesPerVersion: range,
  trainingLabels: range,
  trainingHours: range,
};
const way = z.object({
  labels: between,
  hours: between,
  personUsd: between,
  calls: between,
  callsUsd: between.nullable(),
  totalUsd: between.nullable(),
  usdPer1000Calls: between.nullable(),
});

const draftedCase = {
  variables: jsonObject,
  expected: z.json(),
  tags: z.array(z.string().trim().min(1).max(60)).max(20).readonly().default([]),
};
const likeness = z.object({ kind: z.enum(['case', 'example', 'draft']), text: z.string() }).nullable();
const caseDraft = z.object({
  id: z.number(),
  draftingId: z.number(),
  ...draftedCase,
  like: likeness,
  state: z.enum(draftStates),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});
const drafting = z.object({
  id: z.number(),
  set: z.string(),
  model: z.string(),
  prompt: z.string(),
  wanted: z.number(),
  status: z.enum(draftingStatuses),
  problems: z.array(saying.extend({ message: z.string() })).readonly(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Null where a call had no known price. */
  costUsd: z.number().nullable(),
  counts: z.object({ open: z.number(), confirmed: z.number(), dropped: z.number() }),
  author: z.string(),
  createdAt: instant,
});
const wanted = z.coerce.number().int().min(1).max(50);

export const startRoutes = {
  'GET /api/projects/:project/set-sizes': {
    summary:
      "How many holdout cases show the scope's target and each of its minimums by tag, by the lower bound of the interval with a chance of .8, and what those of a set can show.",
    params: projectParams,
    query: z.object({ set: z.string().max(80).optional(), assume: z.coerce.number().min(0).max(1).optional() }),
    response: z.object({
      set: z.string().nullable(),
      goals: z.array(
        z.object({
          tag: z.string().nullable(),
          target: rate,
          assumed: rate,
          /** Null beyond 100,000, and where the assumed rate is not above the target. */
          needed: count,
          /** At the first and at the third look at the holdout cases. */
          rates: z.array(z.object({ rate, first: count, third: count })),
          present: z.object({ cases: z.number(), passes: count, chance: rate, provable: rate.nullable() }).nullable(),
        }),
      ),
    }),
  },
  'GET /api/projects/:project/first-prompt': {
    summary:
      'A first prompt made of the scope alone, with what is still worth changing in it. Nothing is stored and no model asked.',
    params: projectParams,
    query: z.object(chosen),
    response: z.object({
      content: promptContent,
      fields: z.array(z.string()).readonly(),
      labels: z.array(z.string()).readonly(),
      checks: z.array(promptCheck).readonly(),
      /** Examples of the scope, counted from 1, that it leaves out. */
      leftOut: z.array(z.object({ example: z.number(), reason: z.enum(['holdout', 'no_label']) })),
    }),
  },
  'GET /api/projects/:project/forecast': {
    summary:
      'What a prompt takes in labels, hours and money, against a classifier that learns from labels: ranges from assumptions that can be given, and from what the project measured.',
    params: projectParams,
    query: z.object({
      ...chosen,
      assume: z.coerce.number().min(0).max(1).optional(),
      model: z.string().max(200).optional(),
      ...assumed,
    }),
    response: z.object({
      assumptions: z.object({
        secondsPerLabel: between,
        usdPerHour: between,
        devCases: between,
        versions: between,
        minutesPerVersion: between,
        trainingLabels: between,
        trainingHours: between,
      }),
      dev: z.number(),
      holdout: z.number(),
      holdoutNeeded: count,
      call: z
        .discriminatedUnion('type', [
          z.object({
            type: z.literal('estimated'),
            inputTokens: z.number(),
            outputTokens: z.number(),
            price: z.object({ input: z.number(), cachedInput: z.number().nullable(), output: z.number() }).nullable(),
          }),
          z.object({ type: z.literal('measured'), usd: z.number() }),
        ])
        .nullable(),
      trained: z
        .object({ labels: z.number(), passRate: rate, interval, n: z.number(), enough: z.boolean() })
        .nullable(),
      prompt: way,
      training: way,
    }),
  },
  'POST /api/projects/:project/first-cases': {
    summary: 'Adds cases that a person typed to a set, which is made where there is none.',
    params: projectParams,
    body: z.strictObject({
      set: z.string().trim().min(1).max(80),
      cases: z
        .array(z.strictObject({ ...draftedCase, split: split.optional() }))
        .min(1)
        .max(500),
      author,
    }),
    response: z.object({ set: z.string(), version: evalSetVersion }),
  },
  'POST /api/projects/:project/alike': {
    summary:
      'What each of these cases is nearly the same as: a case of the set, an example of the scope, a draft, or an earlier one of them.',
    needs: null,
    params: projectParams,
    body: z.strictObject({
      set: z.string().max(80),
      cases: z.array(z.strictObject({ variables: jsonObject })).max(500),
    }),
    response: z.object({ alike: z.array(likeness) }),
  },
  'GET /api/projects/:project/drafting-estimate': {
    summary: 'About what a model would be sent and would cost for drafting cases.',
    params: projectParams,
    query: z.object({ ...chosen, set: z.string().max(80), model: z.string().max(200), wanted }),
    response: z.object({
      calls: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      costUsd: z.number().nullable(),
    }),
  },
  'GET /api/projects/:project/draftings': {
    summary:
      'Every time that a model drafted cases, newest first, and the drafts that no person has confirmed or dropped yet.',
    params: projectParams,
    response: z.object({ draftings: z.array(drafting), drafts: z.array(caseDraft) }),
  },
  'POST /api/projects/:project/draftings': {
    summary:
      'Lets a model draft cases from the scope for a set, which is made where there is none. They are in no set until a person confirms each.',
    params: projectParams,
    body: z.strictObject({
      set: z.string().trim().min(1).max(80),
      model: z.string().max(200),
      wanted: z.number().int().min(1).max(50).default(10),
      fields: z.array(field).min(1).max(20).optional(),
      labels: z.array(label).max(50).optional(),
      author,
    }),
    response: drafting,
  },
  'POST /api/draftings/:id/stop': {
    summary: 'Stops a drafting; what it brought stays.',
    params: idParams,
    response: z.undefined(),
  },
  'POST /api/case-drafts/:id/confirm': {
    summary: 'Puts a draft, as a person left it, into its set: as a dev case unless said otherwise.',
    params: idParams,
    body: z.strictObject({ case: z.strictObject({ ...draftedCase, split: split.default('dev') }), author }),
    response: caseDraft,
  },
  'POST /api/case-drafts/:id/drop': {
    summary: 'Drops a draft.',
    params: idParams,
    body: z.strictObject({ author }),
    response: caseDraft,
  },
  'POST /api/case-drafts/:id/reopen': {
    summary: 'Takes back that a draft was dropped.',
    params: idParams,
    response: caseDraft,
  },
} satisfies Record<string, RouteContract>;
