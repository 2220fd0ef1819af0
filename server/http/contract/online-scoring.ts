import { z } from 'zod';
import { onlineRefusals } from '../../domain/online-scoring.ts';
import { scorerGroups, scoringFailures } from '../../domain/scorer.ts';
import { author, idParams, instant, interval, projectParams, promptParams, type RouteContract } from './route.ts';
import { rates, scorerSpec } from './runs.ts';

const generation = z.object({
  /** Counts up within its prompt. */
  number: z.number(),
  /** Each must pass. */
  scorers: z.array(scorerSpec).readonly(),
  /** The same as they are typed: so they are named in scores. */
  typed: z.array(z.string()),
  /** Of the calls that are scored, drawn by a hash of the ids. */
  share: z.number(),
  /** Whether calls that name no release are scored as well. */
  unreleased: z.boolean(),
  /** Null while it scores what comes. */
  endedAt: instant.nullable(),
  author: z.string(),
  createdAt: instant,
});
const days = z.coerce.number().int().min(1).max(365).default(7);
const sideRate = rates.omit({ noAnswer: true });
const figure = z.object({ promised: z.number().nullable(), shown: z.number().nullable(), n: z.number() });

const promised = z.object({
  release: z.number(),
  number: z.number(),
  version: z.number(),
  model: z.string(),
  calls: z.number(),
  /** The run that stands for the evaluation; null where the release was approved without. */
  evaluation: z
    .object({
      runId: z.number(),
      evalSet: z.string(),
      evalSetVersion: z.number(),
      split: z.enum(['dev', 'holdout']),
      rates,
      /** Which look at the holdout cases it was. */
      look: z.number().nullable(),
    })
    .nullable(),
  /** Scorers that both sides have. */
  scorers: z.array(
    z.object({
      scorer: z.string(),
      promised: sideRate,
      shown: sideRate,
      /** Production's rate less the evaluation's, with Newcombe's interval. */
      difference: z.number(),
      interval,
      /** Fisher's exact test; then corrected for the look at holdout cases and, by Holm, for the scorers. */
      pValue: z.number(),
      correctedPValue: z.number(),
      verdict: z.enum(['as_promised', 'worse', 'better', 'cant_tell']),
      /** About the smallest true difference that would be found with power .8. */
      detectable: z.number().nullable(),
    }),
  ),
  /** Scorers of the evaluation that production can't be held against. */
  notCompared: z.array(
    z.object({ scorer: z.string(), why: z.enum([...onlineRefusals, 'expected_where_given', 'not_scored']) }),
  ),
  feedback: z.object({ up: z.number(), n: z.number(), rate: z.number().nullable(), interval: interval.nullable() }),
  costUsdPer1000Calls: figure,
  latencyP95Ms: figure,
});

export const onlineScoringRoutes = {
  'GET /api/projects/:project/online-scoring': {
    summary: "What each prompt's production calls are and were scored by, and which scorers may score them.",
    params: projectParams,
    response: z.object({
      prompts: z.array(
        z.object({
          prompt: z.string(),
          name: z.string(),
          /** Newest first; only the first can be one that scores now. */
          generations: z.array(generation),
          /** Calls that it has not come to yet. */
          waiting: z.number(),
          /** What fits the form of its answers. */
          proposed: z.array(scorerSpec),
        }),
      ),
      scorers: z.array(
        z.object({
          name: z.string(),
          group: z.enum(scorerGroups),
          /** Why production's calls can't be scored by it; null where they can. */
          refused: z.enum(onlineRefusals).nullable(),
        }),
      ),
    }),
  },
  'PUT /api/projects/:project/prompts/:prompt/online-scoring': {
    summary:
      'Scores a share of the production calls from now on, and of those of the last `days`, as a new generation.',
    params: promptParams,
    body: z.strictObject({
      scorers: z.array(scorerSpec).min(1).max(20),
      share: z.number().gt(0).max(1),
      /** Takes calls that name no release as the prompt's, and holds them against the form of its newest version. */
      unreleased: z.boolean().default(false),
      days: z.number().int().min(0).max(365).default(0),
      author,
    }),
    response: generation,
  },
  'DELETE /api/projects/:project/prompts/:prompt/online-scoring': {
    summary: 'Scores no further calls; what was scored stays.',
    params: promptParams,
    response: z.undefined(),
  },
  'GET /api/projects/:project/prompts/:prompt/quality': {
    summary: 'Pass rates of the scored production calls by release and over time, with the moves of `production`.',
    params: promptParams,
    query: z.object({
      days,
      /** The scorers of which generation count; the newest unless said. */
      generation: z.coerce.number().int().positive().optional(),
      /** One of them alone, as it is typed. */
      scorer: z.string().max(10_000).optional(),
    }),
    response: z.object({
      sliceMs: z.number(),
      scoring: generation.nullable(),
      releases: z.array(
        z.object({
          /** Null for calls that named none. */
          release: z.number().nullable(),
          number: z.number().nullable(),
          version: z.number().nullable(),
          calls: z.number(),
          rates,
        }),
      ),
      /** Calls of the project that name no release, where those are not scored. */
      unreleased: z.number(),
      points: z.array(z.object({ release: z.number().nullable(), from: instant, to: instant, rates })),
      moves: z.array(
        z.object({ release: z.number(), number: z.number(), at: instant, kind: z.enum(['move', 'roll_back']) }),
      ),
    }),
  },
  'GET /api/projects/:project/prompts/:prompt/promised': {
    summary: 'What the evaluation promised of the release in production, and what its calls show.',
    params: promptParams,
    query: z.object({ days }),
    response: z.object({ promised: promised.nullable() }),
  },
  'GET /api/observations/:id/scores': {
    summary: 'What an observation was scored by each generation, newest first.',
    params: idParams,
    response: z.object({
      scores: z.array(
        z.object({
          generation: z.number(),
          outcome: z.enum(['passed', 'failed', 'no_answer', 'error']),
          createdAt: instant,
          scores: z.array(
            z.object({
              scorer: z.string(),
              value: z.number().nullable(),
              passed: z.boolean(),
              explanation: z.string(),
              failure: z.enum(scoringFailures).optional(),
            }),
          ),
        }),
      ),
    }),
  },
} satisfies Record<string, RouteContract>;
