import { type Selectable, type SqlBool, sql } from 'kysely';
import { missing } from '../domain/errors.ts';
import type { CaseId, ObservationId, ProjectId, ReleaseId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Feedback, Observation } from '../domain/observation.ts';
import { contains } from './contains.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';
import { type ScoredAs, scoredAs } from './scored-as.ts';

type FromSpan = Pick<Observation, 'model' | 'traceId' | 'spanId'>;
export type NewObservation = Omit<Observation, 'id' | 'caseId' | 'createdAt' | keyof FromSpan> &
  Partial<FromSpan> & { createdAt?: string };
export type ObservationFilter = {
  feedback?: Feedback;
  release?: ReleaseId;
  scored?: ScoredAs;
  /** Stands in the input, the output or what the user wrote. */
  search?: string;
  ids?: readonly ObservationId[];
  before?: ObservationId;
  limit?: number;
};
/** What was observed of one release in one slice of time; latencies in ms, cost in USD, each over those that reported it. */
export type ObservationBucket = {
  /** Start of the slice, ISO 8601. */
  start: string;
  releaseId: ReleaseId | null;
  count: number;
  up: number;
  down: number;
  latencyMeanMs: number | null;
  latencyMaxMs: number | null;
  costUsd: number | null;
};

export class ObservationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** That of a span which was reported before is given as it is. */
  async add(observation: NewObservation): Promise<Observation> {
    const { model = null, traceId = null, spanId = null, createdAt = now() } = observation;
    const row = await this.#database
      .insertInto('observation')
      .values({ ...observation, model, traceId, spanId, input: toJson(observation.input), createdAt })
      .onConflict((conflict) =>
        conflict.columns(['projectId', 'traceId', 'spanId']).where('traceId', 'is not', null).doNothing(),
      )
      .returningAll()
      .executeTakeFirst();
    const stored =
      row === undefined ? await this.ofSpan(observation.projectId, { traceId, spanId }) : observationOf(row);
    if (stored === null) throw new Error('an observation was neither stored nor there');
    return stored;
  }

  /** What was observed of a span. */
  async ofSpan(
    project: ProjectId,
    { traceId, spanId }: Pick<Observation, 'traceId' | 'spanId'>,
  ): Promise<Observation | null> {
    const row = await this.#database
      .selectFrom('observation')
      .selectAll()
      .where('projectId', '=', project)
      .where('traceId', '=', traceId)
      .where('spanId', '=', spanId)
      .executeTakeFirst();
    return row === undefined ? null : observationOf(row);
  }

  /** Throws `observation_missing`. */
  async get(id: ObservationId): Promise<Observation> {
    const row = await this.#database.selectFrom('observation').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw missing('observation_missing', `There is no observation ${id}.`);
    return observationOf(row);
  }

  /** Newest first. */
  async list(project: ProjectId, filter: ObservationFilter = {}): Promise<Observation[]> {
    const rows = await this.#database
      .selectFrom('observation')
      .selectAll()
      .where('projectId', '=', project)
      .$if(filter.feedback !== undefined, (query) => query.where('feedback', '=', filter.feedback ?? ''))
      .$if(filter.release !== undefined, (query) => query.where('releaseId', '=', filter.release ?? null))
      .$if(filter.scored !== undefined, (query) => query.where(scoredAs(filter.scored ?? { outcome: 'failed' })))
      .$if(filter.search !== undefined, (query) => query.where(contains(searched, filter.search ?? '')))
      .$if(filter.ids !== undefined, (query) => query.where(isOneOf(filter.ids ?? [])))
      .$if(filter.before !== undefined, (query) => query.where(sql<SqlBool>`id < ${filter.before}`))
      .orderBy('id', 'desc')
      .limit(filter.limit ?? 100)
      .execute();
    return rows.map(observationOf);
  }

  /** How many there are, and how many of those with a thumbs-down no case was made of. */
  async count(project: ProjectId): Promise<{ observations: number; thumbsDownOpen: number }> {
    const { rows } = await sql<{ observations: number; thumbsDownOpen: number }>`
      select (select count(*) from observation where projectId = ${project}) as observations,
        (select count(*) from observation where projectId = ${project} and feedback = 'down' and caseId is null) as thumbsDownOpen`.execute(
      this.#database,
    );
    return rows[0] ?? { observations: 0, thumbsDownOpen: 0 };
  }

  async setFeedback(id: ObservationId, feedback: Feedback | null, feedbackNote: string): Promise<void> {
    await this.#database.updateTable('observation').set({ feedback, feedbackNote }).where('id', '=', id).execute();
  }

  /** The same of many, all or none. */
  async setCases(made: readonly { observation: ObservationId; caseId: CaseId }[]): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      const store = new ObservationStore(transaction);
      for (const { observation, caseId } of made) await store.setCase(observation, caseId);
    });
  }

  async setCase(id: ObservationId, caseId: CaseId): Promise<void> {
    await this.#database.updateTable('observation').set({ caseId }).where('id', '=', id).execute();
  }

  /** Observations since an instant by release and slice of `sliceMs`, oldest first. */
  async buckets(project: ProjectId, since: string, sliceMs: number): Promise<ObservationBucket[]> {
    const { rows } = await sql<Omit<ObservationBucket, 'start'> & { slice: number }>`
      select cast(unixepoch(createdAt, 'subsec') * 1000 / ${sliceMs} as integer) as slice, releaseId, count(*) as count,
        sum(feedback is 'up') as up, sum(feedback is 'down') as down,
        avg(latencyMs) as latencyMeanMs, max(latencyMs) as latencyMaxMs, sum(costUsd) as costUsd
      from observation where projectId = ${project} and createdAt >= ${since}
      group by slice, releaseId order by slice, releaseId`.execute(this.#database);
    return rows.map(({ slice, ...row }) => ({ ...row, start: new Date(slice * sliceMs).toISOString() }));
  }
}

const searched = sql`(input || char(10) || output || char(10) || feedbackNote)`;

/** As one parameter, however many they are. */
const isOneOf = (ids: readonly ObservationId[]) => sql<SqlBool>`id in (select value from json_each(${toJson(ids)}))`;

const observationOf = (row: Selectable<Tables['observation']>): Observation => ({
  ...row,
  input: fromJson<JsonObject>(row.input),
  feedback: row.feedback as Feedback | null,
});
