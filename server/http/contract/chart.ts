import { z } from 'zod';
import { judgeStanding } from './judges.ts';
import { instant, interval, projectParams, type RouteContract, split } from './route.ts';
import { archived } from './runs.ts';

const chartPoint = z.object({
  run: z.number(),
  /** Counts the project's iterations: one a run, in the order they were started. */
  iteration: z.number(),
  prompt: z.string(),
  version: z.number(),
  split,
  n: z.number(),
  passRate: z.number(),
  interval,
  noAnswer: z.number(),
  errors: z.number(),
  setVersion: z.number(),
  set: z.string(),
  scorers: z.array(z.string()),
  /** The judge models that the rate rests on. */
  judges: z.array(judgeStanding),
  createdAt: instant,
});

const chartBaseline = z.object({
  set: z.string(),
  setVersion: z.number(),
  labelsUsed: z.number(),
  n: z.number(),
  passRate: z.number(),
  interval,
});

export const chartRoutes = {
  'GET /api/projects/:project/chart': {
    summary: 'Pass rate by iteration: a series a model and split, with breaks where set or scorers changed.',
    params: projectParams,
    query: z.object({ archived }),
    response: z.object({
      target: z.number().nullable(),
      series: z.array(
        z.object({ model: z.string(), standIn: z.boolean(), split, segments: z.array(z.array(chartPoint)) }),
      ),
      /** What a classifier trained on the dev labels reaches on dev, for each set version of the points where one was trained. */
      baselines: z.array(chartBaseline),
    }),
  },
} satisfies Record<string, RouteContract>;
