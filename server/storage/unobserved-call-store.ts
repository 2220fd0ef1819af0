import { sql } from 'kysely';
import type { ProjectId, ReleaseId, UnobservedCallId } from '../domain/ids.ts';
import type { Observation } from '../domain/observation.ts';
import type { CallFailure, UnobservedCall } from '../domain/unobserved-call.ts';
import type { Database } from './database.ts';
import { now } from './now.ts';

export type NewUnobservedCall = Omit<UnobservedCall, 'id' | 'createdAt'> & { createdAt?: string };
export type FailedCall = UnobservedCall & { failure: CallFailure };
type Outcomes = { answered: number; failed: number };
export type ReleaseOutcomes = Outcomes & { releaseId: ReleaseId | null };
export type FailureCount = { releaseId: ReleaseId | null; failure: CallFailure; count: number };
/** Unobserved calls of one release in one slice of time, which starts at `start`, ISO 8601. */
export type OutcomeBucket = ReleaseOutcomes & { start: string };

/** Production calls without an answer to look at: those that failed, and those whose answer was not recorded. */
export class UnobservedCallStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** One of a span that is there already counts once: then null. */
  async add(call: NewUnobservedCall): Promise<UnobservedCallId | null> {
    const row = await this.#database
      .insertInto('unobservedCall')
      .values({ ...call, createdAt: call.createdAt ?? now() })
      .onConflict((conflict) =>
        conflict.columns(['projectId', 'traceId', 'spanId']).where('traceId', 'is not', null).doNothing(),
      )
      .returning('id')
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** The answer of a span came after it: the call is an observation now. */
  async removeAnswered(
    project: ProjectId,
    { traceId, spanId }: Pick<Observation, 'traceId' | 'spanId'>,
  ): Promise<void> {
    await this.#database
      .deleteFrom('unobservedCall')
      .where('projectId', '=', project)
      .where('traceId', '=', traceId)
      .where('spanId', '=', spanId)
      .where('failure', 'is', null)
      .execute();
  }

  /** How many calls of each release were answered, observed or not, and how many failed. */
  async byRelease(project: ProjectId, since: string): Promise<ReleaseOutcomes[]> {
    const { rows } = await sql<ReleaseOutcomes>`
      select releaseId, sum(answered) as answered, sum(failed) as failed from (
        select releaseId, count(*) as answered, 0 as failed from observation
        where projectId = ${project} and createdAt >= ${since} group by releaseId
        union all
        select releaseId, sum(failure is null), count(failure) from unobservedCall
        where projectId = ${project} and createdAt >= ${since} group by releaseId
      ) group by releaseId order by releaseId desc`.execute(this.#database);
    return rows;
  }

  /** Failed calls of each release by kind, the most frequent first. */
  async kinds(project: ProjectId, since: string): Promise<FailureCount[]> {
    const { rows } = await sql<FailureCount>`
      select releaseId, failure, count(*) as count from unobservedCall
      where projectId = ${project} and createdAt >= ${since} and failure is not null
      group by releaseId, failure order by count desc, failure, releaseId`.execute(this.#database);
    return rows;
  }

  /** The same by slice of `sliceMs`, oldest first; observed calls are not among them. */
  async buckets(project: ProjectId, since: string, sliceMs: number): Promise<OutcomeBucket[]> {
    const { rows } = await sql<ReleaseOutcomes & { slice: number }>`
      select cast(unixepoch(createdAt, 'subsec') * 1000 / ${sliceMs} as integer) as slice, releaseId,
        sum(failure is null) as answered, count(failure) as failed
      from unobservedCall where projectId = ${project} and createdAt >= ${since}
      group by slice, releaseId order by slice, releaseId`.execute(this.#database);
    return rows.map(({ slice, ...row }) => ({ ...row, start: new Date(slice * sliceMs).toISOString() }));
  }

  /** The failed calls since an instant, newest first; of one release where that is asked. */
  async newestFailed(
    project: ProjectId,
    { since, release, limit }: { since: string; release?: ReleaseId; limit: number },
  ): Promise<FailedCall[]> {
    const rows = await this.#database
      .selectFrom('unobservedCall')
      .selectAll()
      .where('projectId', '=', project)
      .where('createdAt', '>=', since)
      .where('failure', 'is not', null)
      .$if(release !== undefined, (query) => query.where('releaseId', '=', release ?? null))
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...row,
      failure: row.failure as CallFailure,
    }));
  }
}
