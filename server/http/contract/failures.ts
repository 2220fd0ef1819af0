import { z } from 'zod';
import {
  author,
  instant,
  interval,
  projectParams,
  type RouteContract,
  runParams,
  saying,
  splitChoice,
} from './route.ts';

const category = z.string().trim().min(1).max(80);

const change = z.object({
  id: z.number(),
  content: z.discriminatedUnion('type', [
    z.object({ type: z.literal('renamed'), from: z.array(z.string()).readonly(), to: z.string() }),
    z.object({
      type: z.literal('sorted'),
      categories: z.array(z.object({ category: z.string(), results: z.number() })).readonly(),
    }),
  ]),
  author: z.string(),
  createdAt: instant,
  undone: z.object({ author: z.string(), at: instant }).nullable(),
  /** Results that still stand as it left them: what undoing it brings back. */
  standing: z.number(),
});

const counts = z.object({
  /** Cases that were judged. */
  n: z.number(),
  failed: z.number(),
  /** Of these, cases with a failure that nobody sorted yet. */
  unsorted: z.number(),
  /** `interval` is of the share of these cases in all that were judged; its upper bound counts those that nobody sorted yet. */
  categories: z.array(z.object({ category: z.string(), cases: z.number(), results: z.number(), interval })),
  /** The same of a category that nobody gave in this run. */
  noneInterval: interval,
});

const reason = z.discriminatedUnion('type', [
  z.object({ type: z.literal('words'), words: z.string() }),
  z.object({ type: z.literal('confusion'), expected: z.string(), answer: z.string() }),
  z.object({ type: z.literal('no_answer') }),
  z.object({ type: z.literal('cut_off') }),
]);

export const failureRoutes = {
  'GET /api/runs/:run/categories': {
    summary: 'How many cases of a run failed for each reason that people gave, of all that were judged.',
    params: runParams,
    response: counts,
  },
  'GET /api/runs/:run/category-trend': {
    summary:
      'The same over the iterations that are like a run: same prompt, set, cases, scorers and model, oldest first.',
    params: runParams,
    response: z.object({
      prompt: z.string(),
      set: z.string(),
      model: z.string(),
      split: splitChoice,
      /** What became of each category since the iteration before this run, case by case; null where there is none, and beyond dev. */
      since: z
        .object({
          run: z.number(),
          version: z.number(),
          /** Failed cases of the two that have to be sorted first; then there are no shifts. */
          unsorted: z.number(),
          n: z.number(),
          shifts: z.array(
            z.object({
              category: z.string(),
              before: z.number(),
              after: z.number(),
              gone: z.number(),
              arisen: z.number(),
              difference: z.number(),
              interval,
              /** Exact, corrected by Holm over the categories. */
              pValue: z.number(),
              verdict: z.enum(['fewer', 'more', "can't tell"]),
            }),
          ),
        })
        .nullable(),
      iterations: z.array(
        counts.extend({ run: z.number(), version: z.number(), setVersion: z.number(), createdAt: instant }),
      ),
    }),
  },
  'GET /api/runs/:run/next-improvement': {
    summary:
      "What to try next by the largest category of a run's failures, with what speaks for it and against it; null where nothing failed.",
    params: runParams,
    response: z.object({
      improvement: z
        .object({
          category: z.string().nullable(),
          cases: z.number(),
          n: z.number(),
          interval,
          steps: z.array(saying),
          doubts: z.array(saying),
        })
        .nullable(),
    }),
  },
  'POST /api/runs/:run/failure-groups': {
    summary:
      'Groups that the unsorted failures of a run may fall into, by their notes and answers, named by a model where one is given. Nothing is written.',
    params: runParams,
    body: z.strictObject({ model: z.string().min(1).nullable().default(null) }),
    response: z.object({
      groups: z.array(
        z.object({
          reason,
          /** One that people use already for others of the kind. */
          category: z.string().nullable(),
          /** What the model would call it. */
          name: z.string().nullable(),
          cases: z.array(
            z.object({
              result: z.number(),
              caseKey: z.string(),
              input: z.string(),
              expected: z.string(),
              output: z.string(),
              note: z.string(),
            }),
          ),
        }),
      ),
      alone: z.number(),
      compared: z.number(),
      unsorted: z.number(),
      /** About how many tokens asking a model for names takes. */
      namingTokens: z.object({ input: z.number(), output: z.number() }),
      costUsd: z.number().nullable(),
    }),
  },
  'POST /api/runs/:run/sorted-failures': {
    summary: 'Gives failures of a run their categories, as a person accepted them; notes and verdicts stay.',
    params: runParams,
    body: z.strictObject({
      groups: z.array(z.strictObject({ category, results: z.array(z.number().int().positive()).min(1) })).min(1),
      author,
    }),
    response: change,
  },
  'GET /api/projects/:project/category-changes': {
    summary: 'The newest renames, merges and acceptances of categories, and what each still stands for.',
    params: projectParams,
    response: z.object({ changes: z.array(change) }),
  },
  'POST /api/projects/:project/category-changes': {
    summary:
      'Renames a category in all runs, or merges several into one. No review is rewritten, and it can be undone.',
    params: projectParams,
    body: z.strictObject({ from: z.array(category).min(1), to: category, author }),
    response: change,
  },
  'POST /api/projects/:project/category-changes/:id/undo': {
    summary: 'Gives results back the category that a change replaced, where nobody reviewed them since.',
    params: projectParams.extend({ id: z.coerce.number().int().positive() }),
    body: z.strictObject({ author }),
    response: z.object({ results: z.number() }),
  },
} satisfies Record<string, RouteContract>;
