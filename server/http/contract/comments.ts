import { z } from 'zod';
import { author, idParams, instant, projectParams, type RouteContract, runParams, setParams } from './route.ts';

const id = z.number().int().positive();
/** Plain text, shown as it is. */
const text = z.string().max(5000).regex(/\S/, 'says nothing');
const caseKey = z.string().min(1).max(200);
const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), run: id }),
  z.strictObject({ kind: z.literal('result'), result: id }),
  z.strictObject({ kind: z.literal('case'), project: z.string(), set: z.string(), key: caseKey }),
  /** The version is that which was the newest when the comment was written; what is sent may leave it out. */
  z.strictObject({ kind: z.literal('scope'), project: z.string(), version: z.number().int().positive().optional() }),
]);
const comment = z.object({
  id: z.number(),
  subject,
  text: z.string(),
  author: z.string(),
  createdAt: instant,
  /** When its text was last changed. */
  editedAt: instant.nullable(),
  /** Who took it for settled. */
  resolved: z.object({ by: z.string(), at: instant }).nullable(),
});
const comments = z.object({ comments: z.array(comment) });
const count = z.object({ comments: z.number(), open: z.number() });

export const commentRoutes = {
  'POST /api/comments': {
    summary: 'Writes a comment at a run, at a result, at a case or at the scope of a project.',
    body: z.strictObject({ subject, text, author }),
    response: comment,
  },
  'PATCH /api/comments/:id': {
    summary: 'Changes the text of a comment, settles it or opens it again; what is left out stays as it is.',
    params: idParams,
    body: z.strictObject({ text: text.optional(), resolved: z.boolean().optional(), author }),
    response: comment,
  },
  'DELETE /api/comments/:id': {
    summary: 'Deletes a comment for good.',
    params: idParams,
    response: z.undefined(),
  },
  'GET /api/runs/:run/comments': {
    summary: 'The comments at a run, oldest first; those at its results are with the results.',
    params: runParams,
    response: comments,
  },
  'GET /api/results/:id/comments': {
    summary: 'The comments at a result, whatever attempt at it, and those at its case.',
    params: idParams,
    response: comments,
  },
  'GET /api/projects/:project/sets/:set/comments': {
    summary: 'The comments at a case, whatever version of the set it stands in.',
    params: setParams,
    query: z.object({ case: caseKey }),
    response: comments,
  },
  'GET /api/projects/:project/scope/comments': {
    summary: 'The comments at the scope of a project, whatever version of it, oldest first.',
    params: projectParams,
    response: comments,
  },
  'GET /api/projects/:project/comment-counts': {
    summary:
      'How many comments the runs of a project have, with those at their results; runs without any are left out.',
    params: projectParams,
    response: z.object({ runs: z.array(count.extend({ run: z.number() })) }),
  },
  'GET /api/runs/:run/comment-counts': {
    summary:
      'How many comments the results of a run have, with those at their cases; results without any are left out.',
    params: runParams,
    response: z.object({ results: z.array(count.extend({ result: z.number() })) }),
  },
  'GET /api/projects/:project/sets/:set/comment-counts': {
    summary: 'How many comments the cases of a set have; cases without any are left out.',
    params: setParams,
    response: z.object({ cases: z.array(count.extend({ key: z.string() })) }),
  },
} satisfies Record<string, RouteContract>;
