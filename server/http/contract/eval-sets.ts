import { z } from 'zod';
import { longestCaseScorer, mostCaseScorers } from '../../domain/case-scorers.ts';
import {
  author,
  fileProblem,
  instant,
  jsonObject,
  projectParams,
  type RouteContract,
  setParams,
  split,
} from './route.ts';

export const evalSet = z.object({
  slug: z.string(),
  name: z.string(),
  notes: z.string(),
  holdoutShare: z.number(),
  createdAt: instant,
  /** Newest version. */
  version: z.number(),
  caseCount: z.number(),
});
export const evalSetVersion = z.object({
  number: z.number(),
  note: z.string(),
  author: z.string(),
  caseCount: z.number(),
  createdAt: instant,
});
export const evalCase = z.object({
  id: z.number(),
  key: z.string(),
  variables: jsonObject,
  expected: z.json(),
  tags: z.array(z.string()),
  source: z.string(),
  /** Cases that belong together have the same one. */
  group: z.string().nullish(),
  /** Scorers of its own, as they are typed; left out where it has none. */
  scorers: z.array(z.string()).readonly().optional(),
  split,
  position: z.number(),
});

const caseContent = z.strictObject({
  variables: jsonObject,
  expected: z.json(),
  tags: z.array(z.string().max(60)).default([]),
  /** Cases of one group stand on one side. Left out it stays, null takes it off. */
  group: z.string().trim().min(1).max(200).nullish(),
  /** Scorers of its own, as they are typed. Left out they stay, an empty list takes them off. */
  scorers: z.array(z.string().trim().min(1).max(longestCaseScorer)).max(mostCaseScorers).readonly().optional(),
  /** Given for a new case only where the person wants a side; else it is drawn. */
  split: split.optional(),
});
export const setChange = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('add'),
    key: z.string().min(1).max(200).optional(),
    case: caseContent,
    source: z.string().max(200).optional(),
  }),
  z.strictObject({ type: z.literal('replace'), key: z.string(), case: caseContent }),
  z.strictObject({ type: z.literal('remove'), key: z.string() }),
]);

const caseFilter = {
  search: z.string().max(200).optional(),
  split: split.optional(),
  label: z.string().optional(),
  tag: z.string().optional(),
  source: z.string().max(300).optional(),
  /** A run whose answers to them did not pass. */
  failedIn: z.coerce.number().int().positive().optional(),
};
const bulkEdit = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['add_tag', 'remove_tag']), tag: z.string().trim().min(1).max(60) }),
  z.strictObject({ type: z.literal('relabel'), expected: z.json() }),
  z.strictObject({ type: z.literal('remove') }),
]);

export const evalSetRoutes = {
  'GET /api/projects/:project/sets': {
    summary: 'The evaluation sets of a project.',
    params: projectParams,
    response: z.object({ sets: z.array(evalSet) }),
  },
  'GET /api/projects/:project/sets/:set': {
    summary: 'A set with its versions and what a version of it holds.',
    params: setParams,
    query: z.object({ version: z.coerce.number().int().positive().optional() }),
    response: evalSet.extend({
      versions: z.array(evalSetVersion),
      shown: z.number(),
      variables: z.array(z.string()),
      labels: z.array(z.object({ label: z.string().nullable(), split, count: z.number() })),
      tags: z.array(z.object({ tag: z.string(), count: z.number(), holdout: z.number() })),
      sources: z.array(z.object({ source: z.string(), count: z.number() })),
    }),
  },
  'GET /api/projects/:project/sets/:set/cases': {
    summary: 'Cases of a version in pages: `after` is the position of the last one seen.',
    params: setParams,
    query: z.object({
      version: z.coerce.number().int().positive().optional(),
      ...caseFilter,
      /** Drawn at random, as many as `limit` says. */
      drawn: z.stringbool().optional(),
      after: z.coerce.number().int().nonnegative().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ cases: z.array(evalCase), count: z.number(), after: z.number().nullable() }),
  },
  'POST /api/projects/:project/sets/:set/change-matching': {
    summary:
      'Changes all cases of the newest version that match a filter alike, and stores the result as the next one.',
    params: setParams,
    body: z.strictObject({
      base: z.number().int().positive(),
      filter: z.strictObject(caseFilter),
      edit: bulkEdit,
      note: z.string().max(2000).default(''),
      author,
    }),
    /** `changed`: how many became another; where none did, the version is the one before. */
    response: z.object({ version: evalSetVersion, changed: z.number() }),
  },
  'POST /api/case-scorers/check': {
    summary: 'What is wrong with scorers of a case as they are typed, one for each; nothing is asked of a model.',
    needs: 'viewer',
    body: z.strictObject({ scorers: z.array(z.string().max(longestCaseScorer)).max(mostCaseScorers) }),
    response: z.object({
      problems: z.array(fileProblem.omit({ line: true, column: true }).nullable()),
    }),
  },
  'POST /api/projects/:project/sets/:set/changes': {
    summary: 'Applies changes to the newest version and stores the result as the next one.',
    params: setParams,
    body: z.strictObject({
      base: z.number().int().nonnegative(),
      changes: z.array(setChange).min(1),
      note: z.string().max(2000).default(''),
      author,
    }),
    response: evalSetVersion,
  },
} satisfies Record<string, RouteContract>;
