import { sql } from 'kysely';
import { contentHash } from '../domain/content-hash.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { SpanEvent } from '../domain/trace/span.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import type { SpanKey } from './trace-store.ts';

/** What was said in a call, as a log of its span. */
export type SpanMessage = SpanKey & { event: SpanEvent };

/** SQLite takes 32,766 values in a statement. */
const ROWS = 1_000;

/** Messages of calls that came as logs; they may come before their spans and after them, and are deleted with them. */
export class SpanMessageStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** One that is there already counts once. */
  async add(projectId: ProjectId, messages: readonly SpanMessage[]): Promise<void> {
    const receivedMs = Date.now();
    await this.#database.transaction().execute(async (transaction) => {
      for (let from = 0; from < messages.length; from += ROWS) {
        const rows = messages.slice(from, from + ROWS).map(({ traceId, spanId, event }) => {
          const { name, atUs, attributes } = event;
          const kept = { name, atUs, attributes: toJson(attributes), digest: contentHash(event) };
          return { projectId, traceId, spanId, receivedMs, ...kept };
        });
        await transaction
          .insertInto('spanMessage')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['projectId', 'traceId', 'spanId', 'digest']).doNothing())
          .execute();
      }
    });
  }

  /** Of these spans, in the order they were said. */
  async of(project: ProjectId, spans: readonly SpanKey[]): Promise<SpanMessage[]> {
    const keys = toJson(spans.map(({ traceId, spanId }) => ({ traceId, spanId })));
    const { rows } = await sql<SpanKey & { name: string; atUs: number; attributes: string }>`
      select traceId, spanId, name, atUs, attributes from spanMessage where projectId = ${project} and (traceId, spanId) in
        (select value ->> 'traceId', value ->> 'spanId' from json_each(${keys})) order by atUs, id`.execute(
      this.#database,
    );
    return rows.map(({ traceId, spanId, name, atUs, attributes }) => ({
      traceId,
      spanId,
      event: { name, atUs, attributes: fromJson<JsonObject>(attributes) },
    }));
  }
}
