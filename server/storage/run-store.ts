import { sql } from 'kysely';
import { missing } from '../domain/errors.ts';
import type { ProjectId, RunId, ScoringId } from '../domain/ids.ts';
import type { PriceBasis } from '../domain/price-basis.ts';
import type { Run, RunStatus, RunSummary } from '../domain/run.ts';
import type { RunEvent } from '../domain/run-event.ts';
import type { ScorerSpec } from '../domain/scorer.ts';
import { noScoringModels, type Scoring, type ScoringModels } from '../domain/scoring.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import { ownerIsAlive } from './run-owner.ts';
import { runOf } from './run-row.ts';
import { computeRunSummary } from './run-summary.ts';

export type NewRun = Pick<
  Run,
  | 'projectId'
  | 'promptVersionId'
  | 'evalSetVersionId'
  | 'model'
  | 'standIn'
  | 'parameters'
  | 'scorers'
  | 'settings'
  | 'total'
  | 'note'
  | 'codeVersion'
>;
export type RunRequest = 'pause' | 'cancel';
export type KeptRunEvent = Exclude<RunEvent, { type: 'progress' }>;

/**
 * Runs and who executes them. A run is executed by one process at a time, which holds a lease that it renews; a run whose lease ran out was
 * interrupted, whatever its row says.
 */
export class RunStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Stores the run with its first scoring, `queued`. */
  async create(run: NewRun): Promise<Run> {
    const { scorers, ...rest } = run;
    return this.#database.transaction().execute(async (transaction) => {
      const row = await transaction
        .insertInto('run')
        .values({
          ...rest,
          // The number of a run that was deleted is never given again.
          id: sql<RunId>`(select coalesce(max(id), 0) + 1 from (select max(id) as id from run union all select max(id) from deletedRun))`,
          standIn: run.standIn ? 1 : 0,
          parameters: toJson(run.parameters),
          settings: toJson(run.settings),
          status: 'queued',
          statusReason: '',
          wallMs: 0,
          createdAt: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const { id: scoringId } = await transaction
        .insertInto('scoring')
        .values({
          runId: row.id,
          number: 1,
          scorers: toJson(scorers),
          threshold: run.settings.threshold,
          models: toJson({ judgeModel: run.settings.judgeModel, embeddingModel: run.settings.embeddingModel }),
          createdAt: now(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await transaction.insertInto('countedScoring').values({ runId: row.id, scoringId, createdAt: now() }).execute();
      return runOf({ ...row, scorers: toJson(scorers) });
    });
  }

  /** Newest first. */
  async list(project: ProjectId): Promise<Run[]> {
    const rows = await this.#withScorers().where('run.projectId', '=', project).orderBy('run.id', 'desc').execute();
    return rows.map(runOf);
  }

  /** Throws `run_missing`. */
  async get(id: RunId): Promise<Run> {
    const row = await this.#withScorers().where('run.id', '=', id).executeTakeFirst();
    if (row === undefined)
      throw missing('run_missing', `There is no run ${id}. "whetstone runs list" shows those there are.`);
    return runOf(row);
  }

  /** Takes the run for `owner`, unless another process that is alive holds it. */
  async claim(id: RunId, owner: string, leaseMs: number): Promise<boolean> {
    const gone = await goneOwner(this.#database, id);
    const row = await this.#database
      .updateTable('run')
      .set((set) => ({
        owner,
        leaseUntil: Date.now() + leaseMs,
        requested: null,
        status: 'running' satisfies RunStatus,
        statusReason: '',
        summary: null,
        endedAt: null,
        startedAt: set.fn.coalesce('startedAt', set.val(now())),
      }))
      .where('id', '=', id)
      .where((where) =>
        where.or([where('owner', 'is', null), where('owner', '=', gone), where('leaseUntil', '<', Date.now())]),
      )
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Keeps the lease and says what was asked of the owner meanwhile; `lost` when another process holds the run. */
  async renew(id: RunId, owner: string, leaseMs: number, wallMs: number): Promise<RunRequest | 'lost' | null> {
    const row = await this.#database
      .updateTable('run')
      .set({ leaseUntil: Date.now() + leaseMs, wallMs })
      .where('id', '=', id)
      .where('owner', '=', owner)
      .returning('requested')
      .executeTakeFirst();
    if (row === undefined) return 'lost';
    return row.requested === 'pause' || row.requested === 'cancel' ? row.requested : null;
  }

  /** Gives the run back with where it stands now; false when `owner` does not hold it any more. */
  async rest(id: RunId, owner: string, state: { status: RunStatus; reason: string; wallMs: number }): Promise<boolean> {
    const goesOn = state.status === 'paused' || state.status === 'interrupted' || state.status === 'running';
    const ended = goesOn ? null : now();
    const row = await this.#database
      .updateTable('run')
      .set({
        owner: null,
        leaseUntil: null,
        requested: null,
        status: state.status,
        statusReason: state.reason,
        wallMs: state.wallMs,
        endedAt: ended,
      })
      .where('id', '=', id)
      .where('owner', '=', owner)
      .returning('id')
      .executeTakeFirst();
    if (row !== undefined) await this.refreshSummary(id);
    return row !== undefined;
  }

  /** Asks the process that executes the run to pause or cancel it; at once, with the reason, where no process does. Says whether one does. */
  async request(id: RunId, request: RunRequest, reason = ''): Promise<'asked' | 'at_rest'> {
    return this.#database.transaction().execute(async (transaction) => {
      const gone = await goneOwner(transaction, id);
      const asked = await transaction
        .updateTable('run')
        .set({ requested: request })
        .where('id', '=', id)
        .where('owner', 'is not', null)
        .where('owner', '!=', gone)
        .where('leaseUntil', '>=', Date.now())
        .returning('id')
        .executeTakeFirst();
      if (asked !== undefined) return 'asked';
      const state = request === 'pause' ? { status: 'paused', endedAt: null } : { status: 'cancelled', endedAt: now() };
      await transaction
        .updateTable('run')
        .set({ ...state, statusReason: reason, owner: null, leaseUntil: null, requested: null })
        .where('id', '=', id)
        .where('status', 'in', ['queued', 'running', 'interrupted', 'paused'] satisfies RunStatus[])
        .execute();
      return 'at_rest';
    });
  }

  async setServedModel(id: RunId, servedModel: string): Promise<void> {
    await this.#database.updateTable('run').set({ servedModel }).where('id', '=', id).execute();
  }

  /** By what the calls of a run were priced, in the order of its executions; nothing where that was not kept yet. */
  async priceBases(id: RunId): Promise<PriceBasis[]> {
    const row = await this.#database
      .selectFrom('run')
      .select('priceBases')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return fromJson<PriceBasis[]>(row.priceBases);
  }

  async setPriceBases(id: RunId, bases: readonly PriceBasis[]): Promise<void> {
    await this.#database
      .updateTable('run')
      .set({ priceBases: toJson(bases) })
      .where('id', '=', id)
      .execute();
  }

  /** From the stored copy while the run rests, else from its results. */
  async summary(id: RunId): Promise<RunSummary> {
    const row = await this.#database.selectFrom('run').select('summary').where('id', '=', id).executeTakeFirstOrThrow();
    return row.summary === null ? computeRunSummary(this.#database, id) : fromJson<RunSummary>(row.summary);
  }

  async refreshSummary(id: RunId): Promise<void> {
    const summary = await computeRunSummary(this.#database, id);
    await this.#database
      .updateTable('run')
      .set({ summary: toJson(summary) })
      .where('id', '=', id)
      .where('owner', 'is', null)
      .execute();
  }

  /** The scoring that counts. */
  async scoring(id: RunId): Promise<Scoring & { id: ScoringId; number: number }> {
    const row = await this.#database
      .selectFrom('scoring')
      .selectAll()
      .where('id', '=', countedScoring(id))
      .executeTakeFirstOrThrow();
    return {
      id: row.id,
      number: row.number,
      scorers: fromJson<ScorerSpec[]>(row.scorers),
      threshold: row.threshold,
      ...noScoringModels,
      ...fromJson<Partial<ScoringModels>>(row.models),
    };
  }

  /** Keeps an event under the run's next number. */
  async addEvent(
    id: RunId,
    event: { type: 'status'; status: RunStatus; reason: string } | { type: 'note'; text: string },
  ): Promise<KeptRunEvent> {
    return this.#database.transaction().execute(async (transaction) => {
      const last = await transaction
        .selectFrom('runEvent')
        .select((select) => select.fn.max('number').as('number'))
        .where('runId', '=', id)
        .executeTakeFirst();
      const kept: KeptRunEvent = { ...event, runId: id, number: (last?.number ?? 0) + 1, at: now() };
      await transaction
        .insertInto('runEvent')
        .values({ runId: id, number: kept.number, type: kept.type, content: toJson(kept), createdAt: kept.at })
        .execute();
      return kept;
    });
  }

  async eventsAfter(id: RunId, number: number): Promise<KeptRunEvent[]> {
    const rows = await this.#database
      .selectFrom('runEvent')
      .select('content')
      .where('runId', '=', id)
      .where('number', '>', number)
      .orderBy('number')
      .execute();
    return rows.map((row) => fromJson<KeptRunEvent>(row.content));
  }

  #withScorers() {
    return this.#database
      .selectFrom('run')
      .selectAll('run')
      .select((select) =>
        select
          .selectFrom('scoring')
          .select('scoring.scorers')
          .where('scoring.id', '=', countedScoring(sql`run.id`))
          .as('scorers'),
      );
  }
}

/** The owner of a run where its process is known to be gone, whatever its lease says; else an empty name, which nobody has. */
async function goneOwner(database: Database, id: RunId): Promise<string> {
  const row = await database.selectFrom('run').select('owner').where('id', '=', id).executeTakeFirst();
  return row?.owner && !ownerIsAlive(row.owner) ? row.owner : '';
}
