import { z } from 'zod';
import { resultRow } from './results.ts';
import { jsonObject, type RouteContract, runParams, splitChoice } from './route.ts';
import { metricComparison, pairComparison, runOverview } from './runs.ts';

const group = z.enum(['broken', 'fixed', 'bothFail', 'bothPass']);
const alignedGroup = z.enum([...group.options, 'excluded']);

/** `1,2,3`: the first is the baseline. */
const runsQuery = z.object({
  runs: z
    .string()
    .regex(/^[1-9]\d{0,14}(,[1-9]\d{0,14})*$/, 'Write the numbers of the runs with commas between them, such as 1,2,3.')
    .transform((text) => text.split(',').map(Number)),
  split: splitChoice.default('all'),
});

const language = z.enum(['en', 'zh-CN']).default('en');

const pair = pairComparison.extend({
  run: z.number(),
  /** Why the two can't be taken for like with like: another set version, another scorer. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});

const alignedCase = z.object({
  caseKey: z.string(),
  group: alignedGroup,
  variables: jsonObject,
  expected: z.json(),
  changes: z.array(group.nullable()).readonly(),
  results: z.array(resultRow.nullable()),
});

export const comparisonRoutes = {
  'GET /api/comparisons': {
    summary: 'Two to six runs paired by case, each with the first: verdicts with raw and Holm-corrected p.',
    query: runsQuery,
    response: z.object({
      runs: z.array(runOverview),
      pairs: z.array(pair),
      groups: z.record(alignedGroup, z.number()),
    }),
  },
  'GET /api/comparisons/metrics': {
    summary:
      'What each run fixed and broke against the first by each scorer alone, p corrected by Holm over its metrics.',
    query: runsQuery,
    response: z.object({
      pairs: z.array(
        z.object({
          run: z.number(),
          metrics: z.array(metricComparison),
        }),
      ),
    }),
  },
  'GET /api/comparisons/cases': {
    summary: 'The cases of a comparison in pages, broken and fixed ones first: `after` is the number of those seen.',
    query: runsQuery.extend({
      group: alignedGroup.optional(),
      differ: z.stringbool().optional(),
      after: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: z.object({ cases: z.array(alignedCase), count: z.number(), after: z.number().nullable() }),
  },
  'GET /api/runs/:run/report': {
    summary: 'A run as one HTML file that needs nothing beside it.',
    params: runParams,
    query: z.object({ language }),
    response: { mediaType: 'text/html' },
  },
  'GET /api/comparisons/report': {
    summary: 'A comparison as one HTML file that needs nothing beside it.',
    query: runsQuery.extend({ language }),
    response: { mediaType: 'text/html' },
  },
} satisfies Record<string, RouteContract>;
