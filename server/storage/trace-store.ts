import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { FinishReason } from '../domain/completion.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { TraceMessage } from '../domain/trace/messages.ts';
import type { RecordedSpan, SpanContent, Trace } from '../domain/trace/recorded-span.ts';
import type { SpanEvent, SpanKind, SpanStatus, SpanType } from '../domain/trace/span.ts';
import { contains } from './contains.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import type { Tables } from './schema.ts';

export type NewSpan = RecordedSpan & SpanContent;
/** Which traces: all that is given must hold. */
export type TraceFilter = {
  /** Only those in which something went wrong. */
  errors?: boolean;
  minMs?: number;
  minCostUsd?: number;
  /** `connection/name` of a model that was asked. */
  model?: string;
  /** In names, errors, messages and attributes. */
  search?: string;
  /** The last trace seen. */
  before?: number;
  limit?: number;
};
export type SpanKey = Pick<RecordedSpan, 'traceId' | 'spanId'>;

/** SQLite takes 32,766 values in a statement, and a span has 23. */
const ROWS = 500;
/** Traces looked at in one statement: others get their turn in between. */
const SLICE = 2_000;

export class TraceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Stores spans, those that are there already left as they are, and brings their traces up to date. */
  async add(project: ProjectId, spans: readonly NewSpan[]): Promise<void> {
    const touched = toJson([...new Set(spans.map(({ traceId }) => traceId))]);
    await this.#database.transaction().execute(async (transaction) => {
      for (let from = 0; from < spans.length; from += ROWS) {
        await transaction
          .insertInto('span')
          .values(spans.slice(from, from + ROWS).map((span) => rowOf(project, span)))
          .onConflict((conflict) => conflict.columns(['projectId', 'traceId', 'spanId']).doNothing())
          .execute();
      }
      await sql`
        insert into trace (projectId, traceId, name, service, startUs, durationMs, spans, errors, modelCalls, inputTokens, outputTokens,
          cachedInputTokens, costUsd, unpriced, receivedMs)
        select projectId, traceId, ${ofFirstSpan(sql`name`)}, ${ofFirstSpan(sql`service`)}, min(startUs),
          max(startUs / 1000.0 + durationMs) - min(startUs) / 1000.0, count(*), sum(error is not null), sum(type = 'model_call'),
          coalesce(sum(inputTokens), 0), coalesce(sum(outputTokens), 0), coalesce(sum(cachedInputTokens), 0), sum(costUsd),
          sum(type in ('model_call', 'embedding') and costUsd is null), ${Date.now()}
        from span where projectId = ${project} and traceId in (select value from json_each(${touched})) group by traceId order by min(startUs)
        on conflict (projectId, traceId) do update set name = excluded.name, service = excluded.service, startUs = excluded.startUs,
          durationMs = excluded.durationMs, spans = excluded.spans, errors = excluded.errors, modelCalls = excluded.modelCalls,
          inputTokens = excluded.inputTokens, outputTokens = excluded.outputTokens, cachedInputTokens = excluded.cachedInputTokens,
          costUsd = excluded.costUsd, unpriced = excluded.unpriced, receivedMs = excluded.receivedMs`.execute(
        transaction,
      );
    });
  }

  /** Those of the spans that are stored already. */
  async known(project: ProjectId, spans: readonly SpanKey[]): Promise<SpanKey[]> {
    const { rows } = await sql<SpanKey>`
      select traceId, spanId from span where projectId = ${project} and (traceId, spanId) in
        (select value ->> 'traceId', value ->> 'spanId' from json_each(${toJson(spans.map(({ traceId, spanId }) => ({ traceId, spanId })))}))`.execute(
      this.#database,
    );
    return rows;
  }

  /** The newest to arrive first. Reads no more than it takes to fill the page. */
  async list(project: ProjectId, filter: TraceFilter = {}): Promise<Trace[]> {
    const { limit = 50 } = filter;
    const found: Trace[] = [];
    let before = filter.before ?? Number.MAX_SAFE_INTEGER;
    while (found.length < limit) {
      const { rows: slice } = await sql<{ id: number }>`
        select id from trace where projectId = ${project} and id < ${before} order by id desc limit 1 offset ${SLICE - 1}`.execute(
        this.#database,
      );
      const end = slice[0]?.id ?? null;
      const { rows } = await sql<Selectable<Tables['trace']>>`
        select * from trace where projectId = ${project} and id < ${before} ${end === null ? sql`` : sql`and id >= ${end}`} and ${matching(filter)}
        order by id desc limit ${limit - found.length}`.execute(this.#database);
      found.push(...rows.map(traceOf));
      if (end === null) break;
      before = end;
      await nextTurn();
    }
    return found;
  }

  /** Null where none of its spans came. */
  async get(project: ProjectId, traceId: string): Promise<Trace | null> {
    const row = await this.#database
      .selectFrom('trace')
      .selectAll()
      .where('projectId', '=', project)
      .where('traceId', '=', traceId)
      .executeTakeFirst();
    return row === undefined ? null : traceOf(row);
  }

  /** Of a trace the spans that began first. */
  async spans(project: ProjectId, traceId: string, limit: number): Promise<RecordedSpan[]> {
    const rows = await this.#database
      .selectFrom('span')
      .select(['traceId', 'spanId', 'parentSpanId', 'name', 'kind', 'type', 'service', 'startUs', 'durationMs'])
      .select(['status', 'error', 'model', 'inputTokens', 'outputTokens', 'cachedInputTokens', 'costUsd'])
      .where('projectId', '=', project)
      .where('traceId', '=', traceId)
      .orderBy('startUs')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(spanOf);
  }

  async span(project: ProjectId, { traceId, spanId }: SpanKey): Promise<(RecordedSpan & SpanContent) | null> {
    const row = await this.#database
      .selectFrom('span')
      .selectAll()
      .where('projectId', '=', project)
      .where('traceId', '=', traceId)
      .where('spanId', '=', spanId)
      .executeTakeFirst();
    if (row === undefined) return null;
    const { id: _id, projectId: _project, ...span } = row;
    return {
      ...spanOf(span),
      servedModel: span.servedModel,
      finishReason: span.finishReason as FinishReason | null,
      input: fromJson<TraceMessage[]>(span.input),
      output: fromJson<TraceMessage[]>(span.output),
      attributes: fromJson<JsonObject>(span.attributes),
      events: fromJson<SpanEvent[]>(span.events),
    };
  }

  /** Gives a span the messages that came after it. */
  async setMessages(
    project: ProjectId,
    { traceId, spanId, input, output, finishReason }: SpanKey & Pick<NewSpan, 'input' | 'output' | 'finishReason'>,
  ): Promise<void> {
    await this.#database
      .updateTable('span')
      .set({ input: toJson(input), output: toJson(output), finishReason })
      .where('projectId', '=', project)
      .where('traceId', '=', traceId)
      .where('spanId', '=', spanId)
      .execute();
  }

  /** How many traces there are, since when, and the models that they asked. */
  async summary(project: ProjectId): Promise<{ traces: number; oldestUs: number | null; models: string[] }> {
    const about = await this.#database
      .selectFrom('trace')
      .select((select) => [select.fn.countAll<number>().as('traces'), select.fn.min('startUs').as('oldestUs')])
      .where('projectId', '=', project)
      .executeTakeFirstOrThrow();
    // From each name to the next one in the index: the calls are many, the models few.
    const { rows } = await sql<{ model: string | null }>`
      with recursive found (model) as (
        select min(model) from span where projectId = ${project} and model is not null
        union all
        select (select min(model) from span where projectId = ${project} and model is not null and model > found.model)
        from found where found.model is not null
      ) select model from found`.execute(this.#database);
    return { ...about, models: rows.flatMap(({ model }) => model ?? []) };
  }

  /**
   * Deletes the traces that ended, or came, before an instant, of one project or of all, some at a time; says how many. What was observed of them stays. A program's
   * clock may be years ahead: what it sent ends by when it came.
   */
  async deleteBefore(instantMs: number, project: ProjectId | null): Promise<number> {
    let deleted = 0;
    for (;;) {
      const gone = await this.#deleteSome(instantMs, project);
      if (gone === 0) break;
      deleted += gone;
      await nextTurn();
    }
    await sql`delete from spanMessage where (atUs < ${instantMs * 1000} or receivedMs < ${instantMs}) and not exists (
      select 1 from trace where trace.projectId = spanMessage.projectId and trace.traceId = spanMessage.traceId)
      ${project === null ? sql`` : sql`and projectId = ${project}`}`.execute(this.#database);
    return deleted;
  }

  #deleteSome(instantMs: number, project: ProjectId | null): Promise<number> {
    return this.#database.transaction().execute(async (transaction) => {
      const old = await transaction
        .selectFrom('trace')
        .select(['id', 'projectId', 'traceId'])
        .where(
          sql<SqlBool>`((startUs < ${instantMs * 1000} and startUs / 1000.0 + durationMs < ${instantMs}) or receivedMs < ${instantMs})`,
        )
        .$if(project !== null, (query) => query.where(sql<SqlBool>`projectId = ${project}`))
        .limit(200)
        .execute();
      for (const { id, projectId, traceId } of old) {
        for (const table of ['span', 'spanMessage'] as const) {
          await transaction
            .deleteFrom(table)
            .where('projectId', '=', projectId)
            .where('traceId', '=', traceId)
            .execute();
        }
        await transaction.deleteFrom('trace').where('id', '=', id).execute();
      }
      return old.length;
    });
  }
}

/** A column of the root of a trace; while that is not there, of its earliest span. */
const ofFirstSpan = (column: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select ${column} from span as other where other.projectId = span.projectId and other.traceId = span.traceId
  order by other.parentSpanId is not null, other.startUs, other.id limit 1)`;

function matching({ errors, minMs, minCostUsd, model, search }: TraceFilter): RawBuilder<unknown> {
  const spanHas = (condition: RawBuilder<unknown>) => sql`exists (
    select 1 from span where span.projectId = trace.projectId and span.traceId = trace.traceId and ${condition})`;
  const texts = ['name', 'error', 'input', 'output', 'attributes', 'events'];
  const conditions = [
    ...(errors ? [sql`errors > 0`] : []),
    ...(minMs === undefined ? [] : [sql`durationMs >= ${minMs}`]),
    ...(minCostUsd === undefined ? [] : [sql`costUsd >= ${minCostUsd}`]),
    ...(model === undefined ? [] : [spanHas(sql`span.model = ${model}`)]),
    ...(search === undefined || search === ''
      ? []
      : [
          spanHas(
            sql`(${sql.join(
              texts.map((text) => contains(sql.ref(`span.${text}`), search)),
              sql` or `,
            )})`,
          ),
        ]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

const traceOf = ({ projectId: _project, receivedMs: _received, ...trace }: Selectable<Tables['trace']>): Trace => trace;

const rowOf = (projectId: ProjectId, span: NewSpan) => ({
  ...span,
  projectId,
  input: toJson(span.input),
  output: toJson(span.output),
  attributes: toJson(span.attributes),
  events: toJson(span.events),
});

type SpanRow = Omit<
  Selectable<Tables['span']>,
  'id' | 'projectId' | 'servedModel' | 'finishReason' | 'input' | 'output' | 'attributes' | 'events'
>;

const spanOf = (row: SpanRow): RecordedSpan => ({
  ...row,
  kind: row.kind as SpanKind,
  type: row.type as SpanType,
  status: row.status as SpanStatus,
});
