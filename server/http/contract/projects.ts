import { z } from 'zod';
import { scopeFieldNames } from '../../domain/scope.ts';
import { author, instant, projectParams, type RouteContract, saying } from './route.ts';

export const scope = z.strictObject({
  problem: z.string().max(5000),
  users: z.string().max(5000),
  inputs: z.string().max(5000),
  outputs: z.string().max(5000),
  examples: z
    .array(z.strictObject({ input: z.string().max(5000), output: z.string().max(5000) }))
    .max(20)
    .readonly()
    .default([]),
  mustNever: z.string().max(5000).default(''),
  privacy: z.string().max(5000).default(''),
  targetPassRate: z.number().min(0).max(1).nullable(),
  minimumsByTag: z
    .array(z.strictObject({ tag: z.string().trim().min(1).max(80), passRate: z.number().min(0).max(1) }))
    .max(20)
    .readonly()
    .default([]),
  maxCostUsdPer1000Calls: z.number().nonnegative().nullable(),
  maxLatencyP95Ms: z.number().positive().nullable(),
  dataMayLeave: z.boolean(),
});

const stage = z.object({
  stage: z.enum(['scope', 'prototype', 'evaluate', 'improve', 'deploy']),
  state: z.enum(['open', 'started', 'done', 'attention']),
  /** What it stands on. */
  evidence: saying,
});
export const spine = z.object({
  stages: z.array(stage),
  /** The next useful step and the page where it is taken. */
  next: z.object({
    step: saying,
    page: z.enum(['scope', 'start', 'prompts', 'sets', 'runs', 'improve', 'releases', 'monitor']),
  }),
});

export const project = z.object({
  slug: z.string(),
  name: z.string(),
  createdAt: instant,
  scope: scope.nullable(),
  /** Number of its version; 0 where none was written. */
  scopeVersion: z.number(),
  spine,
});

/** A request for a release, and what it became. */
const scopeRequest = z.object({
  id: z.number(),
  prompt: z.string(),
  version: z.number(),
  state: z.enum(['open', 'sent_back', 'withdrawn', 'approved']),
  release: z.object({ id: z.number(), number: z.number() }).nullable(),
});
const holdoutSize = { holdout: z.number(), bound: z.number().nullable() };

export const projectRoutes = {
  'GET /api/projects': {
    summary: 'All projects with where each stands.',
    response: z.object({ projects: z.array(project) }),
  },
  'POST /api/projects': {
    summary: 'Makes a project.',
    body: z.strictObject({ name: z.string().trim().min(1).max(80) }),
    response: project,
  },
  'GET /api/projects/:project': {
    summary: 'A project, its scope and its spine.',
    params: projectParams,
    response: project,
  },
  'GET /api/projects/:project/scope-versions': {
    summary:
      'Every scope that was saved, newest first, with what changed in it and what was put forward for release under it; and the requests that are open under the present one.',
    params: projectParams,
    response: z.object({
      versions: z.array(
        z.object({
          id: z.number(),
          number: z.number(),
          scope,
          author: z.string(),
          createdAt: instant,
          changed: z.array(z.enum(scopeFieldNames)),
          requests: z.array(scopeRequest),
        }),
      ),
      openRequests: z.array(scopeRequest),
    }),
  },
  'GET /api/projects/:project/holdout-sizes': {
    summary:
      'How many holdout cases each set has, and each tag in it, with the lower bound of the interval if all of them pass: the most that they can prove.',
    params: projectParams,
    response: z.object({
      sets: z.array(
        z.object({
          set: z.string(),
          ...holdoutSize,
          tags: z.array(z.object({ tag: z.string(), cases: z.number(), ...holdoutSize })),
        }),
      ),
    }),
  },
  'PUT /api/projects/:project/scope': {
    summary:
      'Saves the scope; earlier ones are kept, and one that says the same as the present one changes nothing. With `base`, the number of the version that it was written from, it is refused where another was saved meanwhile.',
    params: projectParams,
    body: z.strictObject({ scope, base: z.number().int().nonnegative().optional(), author }),
    response: project,
  },
} satisfies Record<string, RouteContract>;
