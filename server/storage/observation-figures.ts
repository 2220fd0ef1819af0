import { sql } from 'kysely';
import type { Spent } from '../domain/alert-check.ts';
import type { ProjectId, ReleaseId } from '../domain/ids.ts';
import type { Database } from './database.ts';

type Share = { passed: number; n: number };

/** What alerts ask of the production calls. */
export class ObservationFigures {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of the calls of a release that have feedback, those with a thumbs-up. */
  async thumbsUp(release: ReleaseId, since: string): Promise<Share> {
    const { rows } = await sql<Share>`
      select coalesce(sum(feedback = 'up'), 0) as passed, count(feedback) as n from observation
      where releaseId = ${release} and createdAt >= ${since}`.execute(this.#database);
    return rows[0] ?? { passed: 0, n: 0 };
  }

  /** Of the calls of a release that reported their latency, those within so many ms. */
  async inTime(release: ReleaseId, since: string, maxMs: number): Promise<Share> {
    const { rows } = await sql<Share>`
      select coalesce(sum(latencyMs <= ${maxMs}), 0) as passed, count(latencyMs) as n from observation
      where releaseId = ${release} and createdAt >= ${since}`.execute(this.#database);
    return rows[0] ?? { passed: 0, n: 0 };
  }

  /** Of the calls of a release, those that were answered: the others failed. */
  async answered(release: ReleaseId, since: string): Promise<Share> {
    const { rows } = await sql<Share>`
      select observed + answered as passed, observed + n as n from
        (select count(*) as observed from observation where releaseId = ${release} and createdAt >= ${since}),
        (select count(*) as n, coalesce(sum(failure is null), 0) as answered from unobservedCall where releaseId = ${release} and createdAt >= ${since})`.execute(
      this.#database,
    );
    return rows[0] ?? { passed: 0, n: 0 };
  }

  async spent(project: ProjectId, since: string): Promise<Spent> {
    const { rows } = await sql<Spent>`
      select coalesce(sum(costUsd), 0) as costUsd, count(*) as calls, count(costUsd) as priced from observation
      where projectId = ${project} and createdAt >= ${since}`.execute(this.#database);
    return rows[0] ?? { costUsd: 0, calls: 0, priced: 0 };
  }

  /** When the last call was answered, or a label was last pointed to a release; null where neither ever was. */
  async lastSign(project: ProjectId): Promise<string | null> {
    const { rows } = await sql<{ at: string | null }>`
      select max(at) as at from (
        select max(createdAt) as at from observation where projectId = ${project}
        union all select max(createdAt) from unobservedCall where projectId = ${project} and failure is null
        union all select max(labelMove.createdAt) from labelMove join prompt on prompt.id = labelMove.promptId where prompt.projectId = ${project}
      )`.execute(this.#database);
    return rows[0]?.at ?? null;
  }
}
