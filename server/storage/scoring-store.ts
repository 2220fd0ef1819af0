import { sql } from 'kysely';
import { conflict, missing } from '../domain/errors.ts';
import type { ResultId, RunId, ScoringId } from '../domain/ids.ts';
import { type Judgement, judgingCost } from '../domain/result.ts';
import type { RateSummary, RunSummary } from '../domain/run.ts';
import type { ScorerSpec } from '../domain/scorer.ts';
import { noScoringModels, type Scoring, type ScoringJob, type ScoringModels } from '../domain/scoring.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import { judgementRow } from './result-row.ts';
import { ownerIsAlive } from './run-owner.ts';
import { judgedSummary } from './run-summary.ts';
import { type ScoringDifference, scoringDifference } from './scoring-difference.ts';

export type JudgedOutput = { resultId: ResultId; judgement: Judgement };
/** A scoring of a run that is whole. */
export type KeptScoring = Scoring & { id: ScoringId; number: number; createdAt: string; counts: boolean };

type ScoringRow = { id: ScoringId; number: number; scorers: string; threshold: number | null; models: string };
type JobRow = ScoringRow &
  Omit<ScoringJob, keyof Scoring> & { runId: number; owner: string | null; leaseUntil: number | null };

const columns = sql`scoring.id, scoring.number, scoring.scorers, scoring.threshold, scoring.models`;
const jobs = sql`
  select ${columns}, job.runId, job.status, job.reason, job.total, job.done, job.costUsd, job.startedAt, job.endedAt, job.owner, job.leaseUntil
  from scoringJob as job join scoring on scoring.id = job.scoringId`;

/**
 * The scorings of a run. A later one is stored as it comes, under a job that one process holds, and counts from when it is whole; the others stay. Which one
 * counts is a row more, never a row changed.
 */
export class ScoringStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those that are whole, newest first. */
  async list(run: RunId): Promise<KeptScoring[]> {
    const { rows } = await sql<ScoringRow & { createdAt: string; counts: number }>`
      select ${columns}, scoring.createdAt, scoring.id = ${countedScoring(run)} as counts
      from scoring left join scoringJob as job on job.scoringId = scoring.id
      where scoring.runId = ${run} and (job.status is null or job.status = 'done') order by scoring.number desc`.execute(
      this.#database,
    );
    return rows.map((row) => ({
      id: row.id,
      number: row.number,
      createdAt: row.createdAt,
      counts: row.counts === 1,
      ...scoringOfRow(row),
    }));
  }

  /** Throws `scoring_missing`; a scoring that is not whole is none. */
  async get(run: RunId, number: number): Promise<KeptScoring> {
    const found = (await this.list(run)).find((scoring) => scoring.number === number);
    if (found === undefined) throw scoringMissing(run, number);
    return found;
  }

  /** The newest job of a run; one whose process is gone is `interrupted`. */
  async newestJob(run: RunId): Promise<(ScoringJob & { id: ScoringId }) | null> {
    const { rows } = await sql<JobRow>`${jobs} where job.runId = ${run} order by job.scoringId desc limit 1`.execute(
      this.#database,
    );
    return rows[0] === undefined ? null : jobOf(rows[0]);
  }

  /** Throws when there is no such job. */
  async job(id: ScoringId): Promise<ScoringJob & { id: ScoringId }> {
    const { rows } = await sql<JobRow>`${jobs} where job.scoringId = ${id}`.execute(this.#database);
    if (rows[0] === undefined) throw lost(id);
    return jobOf(rows[0]);
  }

  /** Throws `run_being_scored` while a process scores the run. */
  async begin(run: RunId, scoring: Scoring, holder: { owner: string; leaseMs: number }): Promise<ScoringId> {
    return this.#database.transaction().execute(async (transaction) => {
      await refuseSecond(transaction, run);
      const { scorers, threshold, judgeModel, embeddingModel } = scoring;
      const { rows } = await sql<{ number: number; total: number }>`
        select (select coalesce(max(number), 0) + 1 from scoring where runId = ${run}) as number,
          (select count(*) from result where runId = ${run} and last = 1 and errorCode is null) as total`.execute(
        transaction,
      );
      const { number = 1, total = 0 } = rows[0] ?? {};
      const models = toJson({ judgeModel, embeddingModel });
      const { id } = await transaction
        .insertInto('scoring')
        .values({ runId: run, number, scorers: toJson(scorers), threshold, models, createdAt: now() })
        .returning('id')
        .executeTakeFirstOrThrow();
      const { owner, leaseMs } = holder;
      await transaction
        .insertInto('scoringJob')
        .values({
          scoringId: id,
          runId: run,
          status: 'running',
          reason: '',
          owner,
          leaseUntil: Date.now() + leaseMs,
          stopAsked: 0,
          total,
          done: 0,
          costUsd: 0,
          startedAt: now(),
          endedAt: null,
        })
        .execute();
      return id;
    });
  }

  /** Takes up a job that ended before it was whole. Throws `scoring_missing`, `scoring_whole` and `run_being_scored`. */
  async takeUp(run: RunId, number: number, { owner, leaseMs }: { owner: string; leaseMs: number }): Promise<ScoringId> {
    return this.#database.transaction().execute(async (transaction) => {
      const { rows } = await sql<JobRow>`${jobs} where job.runId = ${run} and scoring.number = ${number}`.execute(
        transaction,
      );
      const [row] = rows;
      if (row === undefined) throw scoringMissing(run, number);
      if (row.status === 'done') throw conflict('scoring_whole', `Scoring ${number} of run ${run} is whole already.`);
      await refuseSecond(transaction, run);
      await transaction
        .updateTable('scoringJob')
        .set({ status: 'running', reason: '', owner, leaseUntil: Date.now() + leaseMs, stopAsked: 0, endedAt: null })
        .where('scoringId', '=', row.id)
        .execute();
      return row.id;
    });
  }

  /** The last result that is judged; they are judged in the order of their ids. */
  async lastJudged(id: ScoringId): Promise<ResultId | undefined> {
    const { rows } = await sql<{
      id: ResultId | null;
    }>`select max(resultId) as id from judgement where scoringId = ${id}`.execute(this.#database);
    return rows[0]?.id ?? undefined;
  }

  /** Stores judgements with how far the job is. Throws `scoring_lost` when `owner` does not hold it any more; then nothing was stored. */
  async add(id: ScoringId, owner: string, outputs: readonly JudgedOutput[]): Promise<void> {
    if (outputs.length === 0) return;
    const costs = outputs.map(({ judgement }) => judgingCost(judgement));
    const cost = costs.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
    await this.#database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('scoringJob')
        .set({ done: sql`done + ${outputs.length}`, costUsd: sql`costUsd + ${cost}` })
        .where('scoringId', '=', id)
        .where('owner', '=', owner)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw lost(id);
      const rows = outputs.map(({ resultId, judgement }) => ({ scoringId: id, resultId, ...judgementRow(judgement) }));
      await transaction.insertInto('judgement').values(rows).execute();
    });
  }

  /** Holds the job on; says whether it is to stop, or is lost. */
  async renew(id: ScoringId, owner: string, leaseMs: number): Promise<'stop' | 'lost' | null> {
    const row = await this.#database
      .updateTable('scoringJob')
      .set({ leaseUntil: Date.now() + leaseMs })
      .where('scoringId', '=', id)
      .where('owner', '=', owner)
      .returning('stopAsked')
      .executeTakeFirst();
    if (row === undefined) return 'lost';
    return row.stopAsked === 1 ? 'stop' : null;
  }

  /** Asks the process that scores to stop. */
  async askToStop(id: ScoringId): Promise<void> {
    await this.#database.updateTable('scoringJob').set({ stopAsked: 1 }).where('scoringId', '=', id).execute();
  }

  /** Lets go of a job that is not whole. */
  async rest(id: ScoringId, owner: string, status: 'stopped' | 'interrupted' | 'failed', reason = ''): Promise<void> {
    await this.#database
      .updateTable('scoringJob')
      .set({ status, reason, owner: null, leaseUntil: null, endedAt: now() })
      .where('scoringId', '=', id)
      .where('owner', '=', owner)
      .execute();
  }

  /**
   * Ends a job that has judged all: its scoring counts from now. `more` where there are outputs after `last`, `executes` where a process executes the run now, so
   * that there may be; then nothing has changed.
   */
  async finish(id: ScoringId, owner: string, run: RunId, last: ResultId | 0): Promise<'counts' | 'more' | 'executes'> {
    const judged = await judgedSummary(this.#database, run, id);
    return this.#database.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ executes: number; more: number }>`
        select (owner is not null and leaseUntil >= ${Date.now()}) as executes,
          exists (select 1 from result where runId = ${run} and last = 1 and errorCode is null and id > ${last}) as more
        from run where id = ${run}`.execute(transaction);
      if (rows[0]?.executes === 1) return 'executes';
      if (rows[0]?.more === 1) return 'more';
      const { numUpdatedRows } = await transaction
        .updateTable('scoringJob')
        .set({ status: 'done', owner: null, leaseUntil: null, endedAt: now() })
        .where('scoringId', '=', id)
        .where('owner', '=', owner)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw lost(id);
      await letCount(transaction, run, id, judged);
      return 'counts';
    });
  }

  /** Lets an earlier scoring count again. Throws `scoring_incomplete` where answers came since, which it did not judge. */
  async count(run: RunId, { id, number }: Pick<KeptScoring, 'id' | 'number'>): Promise<void> {
    const { rows } = await sql<{ id: number }>`
      select result.id from result left join judgement on judgement.scoringId = ${id} and judgement.resultId = result.id
      where result.runId = ${run} and result.last = 1 and result.errorCode is null and judgement.resultId is null limit 1`.execute(
      this.#database,
    );
    if (rows.length > 0) {
      throw conflict(
        'scoring_incomplete',
        `Run ${run} has answers that came after scoring ${number}. Score the run again with the same scorers instead.`,
        { details: { number } },
      );
    }
    const judged = await judgedSummary(this.#database, run, id);
    await this.#database.transaction().execute((transaction) => letCount(transaction, run, id, judged));
  }

  /** The pass rate of a run by one of its scorings. */
  async rates(run: RunId, id: ScoringId): Promise<RateSummary> {
    const { passed, failed, noAnswer, errors, n, passRate, interval } = await judgedSummary(this.#database, run, id);
    return { passed, failed, noAnswer, errors, n, passRate, interval };
  }

  /** What two scorings say differently of the same outputs. */
  difference(run: RunId, from: ScoringId, to: ScoringId): Promise<ScoringDifference> {
    return scoringDifference(this.#database, run, { from, to });
  }
}

const scoringOfRow = (row: ScoringRow): Scoring => ({
  scorers: fromJson<ScorerSpec[]>(row.scorers),
  threshold: row.threshold,
  ...noScoringModels,
  ...fromJson<Partial<ScoringModels>>(row.models),
});

function jobOf(row: JobRow): ScoringJob & { id: ScoringId } {
  const { number, reason, total, done, costUsd, startedAt, endedAt } = row;
  const status = row.status === 'running' && !isHeld(row) ? 'interrupted' : row.status;
  return {
    id: row.id,
    number,
    status,
    reason,
    total,
    done,
    costUsd,
    startedAt,
    endedAt,
    ...scoringOfRow(row),
  };
}

const isHeld = ({ owner, leaseUntil }: Pick<JobRow, 'owner' | 'leaseUntil'>): boolean =>
  owner !== null && (leaseUntil ?? 0) >= Date.now() && ownerIsAlive(owner);

/** What a process that is gone has left is interrupted. */
async function refuseSecond(transaction: Database, run: RunId): Promise<void> {
  const { rows } = await sql<JobRow>`${jobs} where job.runId = ${run} and job.status = 'running'`.execute(transaction);
  if (rows.some(isHeld)) {
    throw conflict('run_being_scored', `Run ${run} is being scored already. Wait for that scoring, or stop it.`);
  }
  await transaction
    .updateTable('scoringJob')
    .set({ status: 'interrupted', owner: null, leaseUntil: null })
    .where('runId', '=', run)
    .where('status', '=', 'running')
    .execute();
}

async function letCount(
  transaction: Database,
  run: RunId,
  scoring: ScoringId,
  judged: Partial<RunSummary>,
): Promise<void> {
  await transaction.insertInto('countedScoring').values({ runId: run, scoringId: scoring, createdAt: now() }).execute();
  const row = await transaction.selectFrom('run').select('summary').where('id', '=', run).executeTakeFirst();
  if (row?.summary == null) return;
  const summary = toJson({ ...fromJson<RunSummary>(row.summary), ...judged });
  await transaction.updateTable('run').set({ summary }).where('id', '=', run).execute();
}

const scoringMissing = (run: RunId, number: number) =>
  missing(
    'scoring_missing',
    `Run ${run} has no scoring ${number}. "whetstone runs scorings ${run}" shows those there are.`,
  );

const lost = (id: ScoringId) =>
  conflict('scoring_lost', `Scoring ${id} was taken over by another process, or its run was deleted.`);
