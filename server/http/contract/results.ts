import { z } from 'zod';
import { inputLanguages } from '../../domain/input-language.ts';
import { scoringFailures } from '../../domain/scorer.ts';
import { author, idParams, instant, jsonObject, projectParams, type RouteContract, runParams, split } from './route.ts';

/** What a person holds of an answer, whatever the scorers said. */
const verdict = z.enum(['passed', 'failed']).nullable();
const review = z.object({ category: z.string(), note: z.string(), verdict, author: z.string(), createdAt: instant });
const score = z.object({
  scorer: z.string(),
  /** What the case holds in that one's place, as it is typed. */
  own: z.string().optional(),
  value: z.number().nullable(),
  passed: z.boolean(),
  answer: z.string().nullable(),
  explanation: z.string(),
  /** Why it could not judge, where it could not. */
  failure: z.enum(scoringFailures).optional(),
  /** What asking a judge model cost; null without a price, left out where none was asked. */
  costUsd: z.number().nullable().optional(),
  /** Digest of the judge that said it: judge model, prompt and criterion. */
  judge: z.string().optional(),
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
  /** Tools that the reply asked for; left out where there are none. */
  toolCalls: z
    .array(z.object({ name: z.string(), arguments: z.json() }))
    .readonly()
    .optional(),
  review: review.nullable(),
});

const resultDetail = resultRow.extend({
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
});

/** Which results of a run: all that is given must hold. */
const resultFilter = z.object({
  outcome: z.enum(['passed', 'failed', 'no_answer', 'error', 'not_passed']).optional(),
  split: split.optional(),
  /** In the case, the output or the error; whatever its case. */
  search: z.string().max(200).optional(),
  /** Failure category that a person gave; empty for what has none yet. */
  category: z.string().optional(),
  tag: z.string().max(200).optional(),
  /** Expected label. */
  label: z.string().max(200).optional(),
  /** Answer that the first scorer read. */
  answer: z.string().max(2000).optional(),
  errorCode: z.string().max(80).optional(),
  /** What the input is written in, by its script. */
  language: z.enum(inputLanguages).optional(),
  /** Only cases whose repeats neither all passed nor all failed. */
  flaky: z.stringbool().optional(),
});

export const resultRoutes = {
  'GET /api/runs/:run/results': {
    summary:
      'Results in pages, failures first: `after` is the id of the last one seen; `skip`, in its place, how many come before.',
    params: runParams,
    query: resultFilter.extend({
      after: z.coerce.number().int().nonnegative().optional(),
      skip: z.coerce.number().int().nonnegative().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ results: z.array(resultRow), after: z.number().nullable() }),
  },
  'GET /api/runs/:run/result-counts': {
    summary: 'How many results match, by outcome.',
    params: runParams,
    query: resultFilter.omit({ outcome: true }),
    response: z.object({
      passed: z.number(),
      /** Those without an answer too. */
      failed: z.number(),
      noAnswer: z.number(),
      errors: z.number(),
    }),
  },
  'GET /api/runs/:run/result-choices': {
    summary:
      'The tags, labels or answers that contain a text, each with how many results of the run have it; most first, at most 40.',
    params: runParams,
    query: z.object({ field: z.enum(['tag', 'label', 'answer']), search: z.string().min(1).max(200) }),
    response: z.object({ choices: z.array(z.object({ value: z.string(), count: z.number() })) }),
  },
  'GET /api/runs/:run/result-place': {
    summary: 'How many of the matching results come before one, failures first; null where it does not match.',
    params: runParams,
    query: resultFilter.extend({ result: z.coerce.number().int().nonnegative() }),
    response: z.object({ place: z.number().nullable() }),
  },
  'GET /api/runs/:run/results.csv': {
    summary:
      'Results as a file for spreadsheets, failures first. A text that would be a formula has an apostrophe before it.',
    params: runParams,
    query: resultFilter,
    response: { mediaType: 'text/csv' },
  },
  'GET /api/runs/:run/results.jsonl': {
    summary: 'Results as a file for programs, one JSON object a line, failures first.',
    params: runParams,
    query: resultFilter,
    response: { mediaType: 'application/jsonl' },
  },
  'GET /api/results/:id': {
    summary: 'A result with the messages that were sent and every attempt at it.',
    params: idParams,
    response: resultDetail,
  },
  'POST /api/results/:id/retry': {
    summary: 'Asks the model again for one result, without the cache: the new attempt counts, the earlier ones stay.',
    params: idParams,
    response: resultDetail,
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
} satisfies Record<string, RouteContract>;
