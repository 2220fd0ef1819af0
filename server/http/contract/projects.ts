import { z } from 'zod';
import { author, instant, projectParams, type RouteContract, saying } from './route.ts';

export const scope = z.strictObject({
  problem: z.string().max(5000),
  users: z.string().max(5000),
  inputs: z.string().max(5000),
  outputs: z.string().max(5000),
  targetPassRate: z.number().min(0).max(1).nullable(),
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
    page: z.enum(['scope', 'prompts', 'sets', 'runs', 'improve', 'releases', 'monitor']),
  }),
});

export const project = z.object({
  slug: z.string(),
  name: z.string(),
  createdAt: instant,
  scope: scope.nullable(),
  spine,
});

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
  'PUT /api/projects/:project/scope': {
    summary: 'Saves the scope; earlier ones are kept.',
    params: projectParams,
    body: z.strictObject({ scope, author }),
    response: project,
  },
} satisfies Record<string, RouteContract>;
