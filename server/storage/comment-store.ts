import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Comment, CommentCount, CommentSubject } from '../domain/comment.ts';
import type { CommentId, EvalSetId, ProjectId, ResultId, RunId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewComment = Pick<Comment, 'projectId' | 'subject' | 'text' | 'author'>;

export class CommentStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add({ projectId, subject, text, author }: NewComment): Promise<Comment> {
    const about = await this.#columnsOf(subject);
    const row = await this.#database
      .insertInto('comment')
      .values({ projectId, ...about, text, author, createdAt: now() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return commentOf(row);
  }

  async get(id: CommentId): Promise<Comment | null> {
    const row = await this.#database.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : commentOf(row);
  }

  /** In the order they were written; of a result those at every attempt, of a scope those at every version. */
  async of(subject: CommentSubject): Promise<Comment[]> {
    const rows = await this.#database.selectFrom('comment').selectAll().where(isAbout(subject)).orderBy('id').execute();
    return rows.map(commentOf);
  }

  /** Null where it is gone. */
  async changeText(id: CommentId, text: string): Promise<Comment | null> {
    return this.#change(id, { text, editedAt: now() });
  }

  /** Takes it for settled by someone, or with null opens it again. Null where it is gone. */
  async resolve(id: CommentId, by: string | null): Promise<Comment | null> {
    return this.#change(id, { resolvedBy: by, resolvedAt: by === null ? null : now() });
  }

  /** Says whether it was there. */
  async delete(id: CommentId): Promise<boolean> {
    const { numDeletedRows } = await this.#database.deleteFrom('comment').where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Of the runs of a project that have any, with those at their results. */
  async countsOfRuns(project: ProjectId): Promise<({ run: RunId } & CommentCount)[]> {
    return this.#counts<{ run: RunId }>(
      sql`runId as run from comment where projectId = ${project} and runId is not null group by runId`,
    );
  }

  /** Of the results of a run that have any, by the attempt that counts; those at its case are among them. */
  async countsOfResults(run: RunId): Promise<({ result: ResultId } & CommentCount)[]> {
    return this.#counts<{ result: ResultId }>(sql`result from (
        select present.id as result, comment.resolvedAt from comment
        cross join result as at on at.id = comment.resultId
        cross join result as present on present.runId = at.runId and present.caseId = at.caseId and present.repeat = at.repeat and present.last = 1
        where comment.runId = ${run}
      union all
        select present.id, comment.resolvedAt from run
        cross join evalSetVersion on evalSetVersion.id = run.evalSetVersionId
        cross join comment on comment.evalSetId = evalSetVersion.evalSetId
        cross join evalCase on evalCase.evalSetId = comment.evalSetId and evalCase.key = comment.caseKey
        cross join result as present on present.runId = run.id and present.caseId = evalCase.id and present.last = 1
        where run.id = ${run}
      ) group by result`);
  }

  /** Of the cases of a set that have any. */
  async countsOfCases(set: EvalSetId): Promise<({ key: string } & CommentCount)[]> {
    return this.#counts<{ key: string }>(
      sql`caseKey as key from comment where evalSetId = ${set} group by caseKey order by caseKey`,
    );
  }

  async #counts<Of>(grouped: RawBuilder<unknown>): Promise<(Of & CommentCount)[]> {
    const { rows } = await sql<
      Of & CommentCount
    >`select count(*) as comments, sum(resolvedAt is null) as open, ${grouped}`.execute(this.#database);
    return rows;
  }

  async #change(
    id: CommentId,
    change: Partial<Pick<Selectable<Tables['comment']>, 'text' | 'editedAt' | 'resolvedBy' | 'resolvedAt'>>,
  ): Promise<Comment | null> {
    const row = await this.#database
      .updateTable('comment')
      .set(change)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : commentOf(row);
  }

  /** A comment at a result names its run too: so it is counted and deleted with it. */
  async #columnsOf(subject: CommentSubject): Promise<Partial<Selectable<Tables['comment']>>> {
    switch (subject.kind) {
      case 'run':
        return { runId: subject.run };
      case 'result': {
        const { result: resultId } = subject;
        const { runId } = await this.#database
          .selectFrom('result')
          .select('runId')
          .where('id', '=', resultId)
          .executeTakeFirstOrThrow();
        return { runId, resultId };
      }
      case 'case':
        return { evalSetId: subject.set, caseKey: subject.key };
      case 'scope':
        return { scopeId: subject.scope };
    }
  }
}

function isAbout(subject: CommentSubject): RawBuilder<boolean> {
  switch (subject.kind) {
    case 'run':
      return sql`runId = ${subject.run} and resultId is null`;
    case 'result':
      return sql`resultId in (
        select attempt.id from result as meant
        join result as attempt on attempt.runId = meant.runId and attempt.caseId = meant.caseId and attempt.repeat = meant.repeat
        where meant.id = ${subject.result})`;
    case 'case':
      return sql`evalSetId = ${subject.set} and caseKey = ${subject.key}`;
    case 'scope':
      return sql`scopeId in (
        select version.id from scope as meant join scope as version on version.projectId = meant.projectId where meant.id = ${subject.scope})`;
  }
}

const commentOf = (row: Selectable<Tables['comment']>): Comment => ({
  id: row.id,
  projectId: row.projectId,
  subject: subjectOf(row),
  text: row.text,
  author: row.author,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
  resolved: row.resolvedAt === null ? null : { by: row.resolvedBy ?? '', at: row.resolvedAt },
});

function subjectOf({
  id,
  runId,
  resultId,
  evalSetId,
  caseKey,
  scopeId,
}: Selectable<Tables['comment']>): CommentSubject {
  if (resultId !== null) return { kind: 'result', result: resultId };
  if (runId !== null) return { kind: 'run', run: runId };
  if (evalSetId !== null && caseKey !== null) return { kind: 'case', set: evalSetId, key: caseKey };
  if (scopeId !== null) return { kind: 'scope', scope: scopeId };
  throw new TypeError(`comment ${id} is about nothing that is known here`);
}
