import { type RawBuilder, sql } from 'kysely';
import type { RunId } from '../domain/ids.ts';
import type { RepeatedCase } from '../domain/statistics/repeats.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';

/** Cases of one group that came to the same, `cases` of them. Repeats that ended in errors are left out. */
export type RepeatCount = RepeatedCase & { cases: number };
export type FlakyCase = { caseKey: string; passed: number; repeats: number };

/** What the repeats of a run's cases came to. */
export class RepeatStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async counts(run: RunId): Promise<RepeatCount[]> {
    const { rows } = await sql<RepeatCount>`
      select groupName as "group", passed, repeats, count(*) as cases from (
        select evalCase.groupName, sum(judgement.outcome = 'passed') as passed, count(*) as repeats
        ${judgedResults(run)} join evalCase on evalCase.id = result.caseId
        where result.runId = ${run} and result.last = 1 and judgement.outcome <> 'error' group by result.caseId)
      group by groupName, passed, repeats`.execute(this.#database);
    return rows;
  }

  /** The first cases that neither always passed nor always failed, those nearest to half first. */
  async flaky(run: RunId, limit: number): Promise<FlakyCase[]> {
    const { rows } = await sql<FlakyCase>`
      select evalCase.key as caseKey, sum(judgement.outcome = 'passed') as passed, count(*) as repeats
      ${judgedResults(run)} join evalCase on evalCase.id = result.caseId
      where result.runId = ${run} and result.last = 1 and judgement.outcome <> 'error' group by result.caseId
      having passed between 1 and count(*) - 1
      order by abs(passed * 2 - count(*)) * 1.0 / count(*), result.caseId limit ${limit}`.execute(this.#database);
    return rows;
  }

  /** Whether any cases that a run asked belong together. */
  async hasGroups(run: RunId): Promise<boolean> {
    const { rows } = await sql<{ found: number }>`
      select exists (select 1 from result join evalCase on evalCase.id = result.caseId
        where result.runId = ${run} and result.last = 1 and evalCase.groupName is not null) as found`.execute(
      this.#database,
    );
    return rows[0]?.found === 1;
  }
}

const judgedResults = (run: RunId): RawBuilder<unknown> => sql`
  from result join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}`;
