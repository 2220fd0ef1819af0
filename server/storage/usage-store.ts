import { sql } from 'kysely';
import type { ReleaseId, RunId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** Tokens of a call on average, over n of them. */
export type MeanUsage = { inputTokens: number; outputTokens: number; cachedInputTokens: number; n: number };

/** So many of the newest calls of a release say what a call takes now. */
const newest = 10_000;

/** What calls took that were made already. */
export class UsageStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Over the replies of a run; null before the first. */
  async ofRun(run: RunId): Promise<MeanUsage | null> {
    const { rows } = await sql<MeanUsage>`
      select avg(inputTokens) as inputTokens, avg(outputTokens) as outputTokens, avg(cachedInputTokens) as cachedInputTokens, count(*) as n
      from result where runId = ${run} and last = 1 and errorCode is null having count(*) > 0`.execute(this.#database);
    return rows[0] ?? null;
  }

  /** Over the newest observations that say their tokens; null where none does. The share of cached input is that of the calls that say it in a trace. */
  async ofRelease(release: ReleaseId): Promise<MeanUsage | null> {
    const { rows } = await sql<MeanUsage>`
      select avg(inputTokens) as inputTokens, avg(outputTokens) as outputTokens, count(*) as n,
        coalesce(avg(inputTokens) * sum(cached) / nullif(sum(inputTokens) filter (where cached is not null), 0), 0) as cachedInputTokens
      from (select observation.inputTokens, observation.outputTokens, span.cachedInputTokens as cached
        from observation left join span using (projectId, traceId, spanId)
        where observation.projectId = (select projectId from release where id = ${release}) and releaseId = ${release}
          and observation.inputTokens is not null and observation.outputTokens is not null
        order by observation.id desc limit ${newest})
      having count(*) > 0`.execute(this.#database);
    return rows[0] ?? null;
  }
}
