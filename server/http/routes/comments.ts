import type { Application } from 'express';
import type { CommentId, ResultId, RunId } from '../../domain/ids.ts';
import {
  addComment,
  caseCommentCounts,
  caseComments,
  changeComment,
  deleteComment,
  type NamedSubject,
  resultCommentCounts,
  resultComments,
  runComments,
  scopeComments,
} from '../../services/evaluate/comments.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import type { Received } from '../contract/index.ts';
import { handle } from '../handle.ts';

export function bindComments(app: Application, workbench: Workbench): void {
  handle(app, 'POST /api/comments', ({ body }) => addComment(workbench, { ...body, subject: subjectOf(body.subject) }));
  handle(app, 'PATCH /api/comments/:id', ({ params, body }) => changeComment(workbench, params.id as CommentId, body));
  handle(app, 'DELETE /api/comments/:id', async ({ params }) => {
    await deleteComment(workbench, params.id as CommentId);
    return undefined;
  });
  handle(app, 'GET /api/runs/:run/comments', async ({ params }) => ({
    comments: await runComments(workbench, params.run as RunId),
  }));
  handle(app, 'GET /api/results/:id/comments', async ({ params }) => ({
    comments: await resultComments(workbench, params.id as ResultId),
  }));
  handle(app, 'GET /api/projects/:project/sets/:set/comments', async ({ params, query }) => ({
    comments: await caseComments(workbench, { ...params, key: query.case }),
  }));
  handle(app, 'GET /api/projects/:project/scope/comments', async ({ params }) => ({
    comments: await scopeComments(workbench, await findProject(workbench, params.project)),
  }));
  bindCounts(app, workbench);
}

function bindCounts(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/projects/:project/comment-counts', async ({ params }) => {
    const { id } = await findProject(workbench, params.project);
    return { runs: await workbench.stores.comments.countsOfRuns(id) };
  });
  handle(app, 'GET /api/runs/:run/comment-counts', async ({ params }) => ({
    results: await resultCommentCounts(workbench, params.run as RunId),
  }));
  handle(app, 'GET /api/projects/:project/sets/:set/comment-counts', async ({ params }) => ({
    cases: await caseCommentCounts(workbench, await findProject(workbench, params.project), params.set),
  }));
}

function subjectOf(given: Received<'POST /api/comments'>['body']['subject']): NamedSubject {
  switch (given.kind) {
    case 'run':
      return { kind: 'run', run: given.run as RunId };
    case 'result':
      return { kind: 'result', result: given.result as ResultId };
    case 'case':
    case 'scope':
      return given;
  }
}
