import { z } from 'zod';
import { author, interval, jsonObject, type RouteContract, setParams, split, splitChoice } from './route.ts';

const choices = z
  .array(z.strictObject({ key: z.string().min(1).max(200), label: z.string().min(1).max(60) }))
  .max(1_000);
const reason = z.object({ code: z.string(), message: z.string(), details: jsonObject }).nullable();
const named = z.object({ key: z.string(), label: z.string(), text: z.string() });
const word = {
  /** Log odds that it adds to the label being wrong; below 0 where it speaks for the label. */
  doubt: z.number(),
  /** Above 0 for the label, below 0 against it, in the source's own measure. */
  said: z.number(),
  /** The label that it speaks for. */
  label: z.string().nullable(),
};
const evidence = z.discriminatedUnion('source', [
  z.object({ source: z.literal('classifier'), ...word, probability: z.number() }),
  z.object({
    source: z.literal('neighbours'),
    ...word,
    same: z.number(),
    other: z.number(),
    /** Some with another label. */
    cases: z.array(named),
  }),
  z.object({ source: z.literal('near_duplicates'), ...word, cases: z.array(named) }),
  z.object({ source: z.literal('run'), ...word, run: z.number() }),
]);
const worth = { weight: z.number(), n: z.number(), right: z.number() };
const run = z.object({
  run: z.number(),
  prompt: z.string(),
  version: z.number(),
  model: z.string(),
  standIn: z.boolean(),
  split: splitChoice,
});
const rate = z.object({ passRate: z.number(), interval });

export const labelAuditRoutes = {
  'GET /api/projects/:project/sets/:set/audit': {
    summary:
      'Labels of the newest version that are likely wrong, the most doubtful first: by the cross-validated classifier, the most similar cases, near-duplicates and the newest runs, each explained.',
    params: setParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(100) }),
    response: z.object({
      set: z.string(),
      setVersion: z.number(),
      labels: z.array(z.string()),
      /** Cases that have one of them. */
      cases: z.number(),
      /** Why nothing can be audited. */
      reason,
      /** Why no classifier took part. */
      classifierReason: reason,
      /** What each source is worth: how often it is right, and its weight. */
      sources: z.array(
        z.discriminatedUnion('source', [
          z.object({ source: z.enum(['classifier', 'neighbours', 'near_duplicates']), ...worth }),
          z.object({ source: z.literal('run'), run: z.number(), ...worth }),
        ]),
      ),
      runs: z.array(run),
      /** Labels that a person settled, which are not doubted again. */
      settled: z.number(),
      /** Of all, also those that are not listed. */
      suspectCount: z.number(),
      suspects: z.array(
        z.object({
          id: z.number(),
          key: z.string(),
          variables: jsonObject,
          tags: z.array(z.string()),
          split,
          label: z.string(),
          suggestion: z.string().nullable(),
          doubt: z.number(),
          evidence: z.array(evidence),
        }),
      ),
    }),
  },
  'POST /api/projects/:project/sets/:set/audit/effect': {
    summary:
      'What the labels of today, and those given here, make of the pass rates of past runs. Nothing is stored and no model asked.',
    needs: null,
    params: setParams,
    body: z.strictObject({ decisions: choices }),
    response: z.object({
      runs: z.array(run.extend({ n: z.number(), before: rate, after: rate, relabelled: z.number() })),
    }),
  },
  'POST /api/projects/:project/sets/:set/audit/decisions': {
    summary:
      'Keeps what a person decided about labels: a label like the present one confirms it, another one relabels, which makes the next version of the set.',
    params: setParams,
    body: z.strictObject({
      base: z.number().int().positive(),
      decisions: choices.min(1),
      note: z.string().max(2000).default(''),
      author: author.pipe(z.string().trim().min(1)),
    }),
    response: z.object({ setVersion: z.number(), confirmed: z.number(), relabelled: z.number() }),
  },
} satisfies Record<string, RouteContract>;
