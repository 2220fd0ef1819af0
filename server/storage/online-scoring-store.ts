import { type Selectable, type SqlBool, sql } from 'kysely';
import type { ObservationId, OnlineScoringId, ProjectId, PromptId, ReleaseId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Observation } from '../domain/observation.ts';
import type { OnlineScoring } from '../domain/online-scoring.ts';
import type { Judgement } from '../domain/result.ts';
import type { NamedScore, ScorerSpec } from '../domain/scorer.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';
import { letterOf } from './scored-as.ts';

/** What a scorer is given of an observation. */
export type DrawnObservation = Pick<
  Observation,
  'id' | 'input' | 'output' | 'latencyMs' | 'inputTokens' | 'outputTokens' | 'costUsd'
> & { releaseId: ReleaseId | null };
/** Which calls a generation draws from: those of a prompt's releases, and perhaps those of its project that name none. */
export type DrawnFrom = Pick<OnlineScoring, 'promptId' | 'unreleased'>;
/** `number`: of the generation that judged. */
export type ObservationScore = Judgement & { number: number; createdAt: string };

/** Generations of scorers for production's answers, and the scores they gave: both are only ever added. */
export class OnlineScoringStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next generation of a prompt; the one before it ends. */
  async begin(
    prompt: PromptId,
    { scorers, unreleased, ...given }: Pick<OnlineScoring, 'scorers' | 'share' | 'unreleased' | 'fromId' | 'author'>,
  ): Promise<OnlineScoring> {
    return this.#database.transaction().execute(async (transaction) => {
      const last = await transaction
        .selectFrom('onlineScoring')
        .select((select) => select.fn.max('number').as('number'))
        .where('promptId', '=', prompt)
        .executeTakeFirst();
      await endLive(transaction, prompt);
      const row = await transaction
        .insertInto('onlineScoring')
        .values({
          ...given,
          promptId: prompt,
          number: (last?.number ?? 0) + 1,
          scorers: toJson(scorers),
          unreleased: unreleased ? 1 : 0,
          seenId: given.fromId,
          endedAt: null,
          createdAt: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return scoringOf(row);
    });
  }

  /** Ends what scores now, if anything does. */
  async end(prompt: PromptId): Promise<void> {
    await endLive(this.#database, prompt);
  }

  /** Every generation of a prompt, newest first. */
  async list(prompt: PromptId): Promise<OnlineScoring[]> {
    const rows = await this.#database
      .selectFrom('onlineScoring')
      .selectAll()
      .where('promptId', '=', prompt)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(scoringOf);
  }

  /** The newest generation of a prompt, ended or not. */
  async newest(prompt: PromptId): Promise<OnlineScoring | null> {
    return (await this.list(prompt))[0] ?? null;
  }

  /** Those that score what comes, of all projects. */
  async live(): Promise<(OnlineScoring & { projectId: ProjectId })[]> {
    const rows = await this.#database
      .selectFrom('onlineScoring')
      .innerJoin('prompt', 'prompt.id', 'onlineScoring.promptId')
      .selectAll('onlineScoring')
      .select('prompt.projectId')
      .where('endedAt', 'is', null)
      .orderBy('onlineScoring.id')
      .execute();
    return rows.map(({ projectId, ...row }) => ({ ...scoringOf(row), projectId }));
  }

  /** The last observation of all; 0 where there is none. */
  async lastObservation(): Promise<ObservationId | 0> {
    const row = await this.#database
      .selectFrom('observation')
      .select((select) => select.fn.max('id').as('id'))
      .executeTakeFirst();
    return row?.id ?? 0;
  }

  /** The last observation that was stored before all those to draw from that were made from an instant on: traces bring calls of the past. */
  async lastBefore(from: DrawnFrom, instant: string): Promise<ObservationId | 0> {
    const first = await this.#waiting(from, 0)
      .select('observation.id')
      .where('observation.createdAt', '>=', instant)
      .orderBy('observation.id')
      .limit(1)
      .executeTakeFirst();
    return first === undefined ? this.lastObservation() : ((first.id - 1) as ObservationId | 0);
  }

  /** The next observations to draw from after one, oldest first, up to `last`. */
  async drawFrom(from: DrawnFrom, after: number, last: number, limit: number): Promise<DrawnObservation[]> {
    const rows = await this.#waiting(from, after)
      .select(['observation.id', 'releaseId', 'input', 'output', 'latencyMs', 'inputTokens', 'outputTokens', 'costUsd'])
      .where(sql<SqlBool>`observation.id <= ${last}`)
      .orderBy('observation.id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...row,
      input: fromJson<JsonObject>(row.input),
    }));
  }

  /** How many observations to draw from came after one. */
  async countAfter(from: DrawnFrom, after: number): Promise<number> {
    const row = await this.#waiting(from, after)
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return row.count;
  }

  #waiting({ promptId, unreleased }: DrawnFrom, after: number) {
    const released = sql<SqlBool>`releaseId in (select id from release where promptId = ${promptId})`;
    const ofNone = sql<SqlBool>`(${released} or (releaseId is null and projectId = (select projectId from prompt where id = ${promptId})))`;
    return this.#database
      .selectFrom('observation')
      .where(unreleased ? ofNone : released)
      .where(sql<SqlBool>`observation.id > ${after}`);
  }

  /**
   * Keeps scores and how far the generation has come, both or neither; neither once it has ended. Gives whether it goes on. Another process that scores as
   * well changes nothing by it.
   */
  async add(
    id: OnlineScoringId,
    scores: readonly { observationId: ObservationId; judgement: Judgement }[],
    seen: ObservationId | 0,
  ): Promise<boolean> {
    return this.#database.transaction().execute(async (transaction) => {
      const createdAt = now();
      const live = await transaction
        .selectFrom('onlineScoring')
        .select('id')
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .executeTakeFirst();
      if (live === undefined) return false;
      if (scores.length > 0) {
        await transaction
          .insertInto('observationScore')
          .values(
            scores.map(({ observationId, judgement: { outcome, value, scores: all } }) => ({
              observationId,
              scoringId: id,
              outcome,
              byScorer: all.map(letterOf).join(''),
              value,
              scores: toJson(all),
              createdAt,
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      await transaction
        .updateTable('onlineScoring')
        .set({ seenId: seen })
        .where('id', '=', id)
        .where('seenId', '<', seen)
        .execute();
      return true;
    });
  }

  /** What the newest generation that judged it says of an observation; null where it was not drawn, or not yet. */
  async outcomeOf(observation: ObservationId): Promise<Judgement['outcome'] | null> {
    const row = await this.#database
      .selectFrom('observationScore')
      .select('outcome')
      .where('observationId', '=', observation)
      .orderBy('scoringId', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : (row.outcome as Judgement['outcome']);
  }

  /** What an observation was scored by each generation, newest first. */
  async scoresOf(observation: ObservationId): Promise<ObservationScore[]> {
    const rows = await this.#database
      .selectFrom('observationScore')
      .innerJoin('onlineScoring', 'onlineScoring.id', 'observationScore.scoringId')
      .select(['number', 'outcome', 'value', 'scores', 'observationScore.createdAt'])
      .where('observationId', '=', observation)
      .orderBy('scoringId', 'desc')
      .execute();
    return rows.map(({ outcome, scores, ...row }) => ({
      ...row,
      outcome: outcome as Judgement['outcome'],
      scores: fromJson<NamedScore[]>(scores),
    }));
  }
}

const endLive = (database: Database, prompt: PromptId) =>
  database
    .updateTable('onlineScoring')
    .set({ endedAt: now() })
    .where('promptId', '=', prompt)
    .where('endedAt', 'is', null)
    .execute();

const scoringOf = (row: Selectable<Tables['onlineScoring']>): OnlineScoring => ({
  ...row,
  scorers: fromJson<ScorerSpec[]>(row.scorers),
  unreleased: row.unreleased === 1,
});
