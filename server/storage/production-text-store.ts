import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ProjectId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** A table that holds what production sent: its key, and its columns with texts, some of them as JSON. */
type TextTable = { name: string; key: readonly string[]; texts: readonly string[]; json: readonly string[] };

const tables: readonly TextTable[] = [
  { name: 'observation', key: ['id'], texts: ['output', 'feedbackNote', 'model'], json: ['input'] },
  { name: 'unobservedCall', key: ['id'], texts: ['message', 'model'], json: [] },
  { name: 'observationScore', key: ['observationId', 'scoringId'], texts: [], json: ['scores'] },
  { name: 'trace', key: ['id'], texts: ['name', 'service'], json: [] },
  {
    name: 'span',
    key: ['id'],
    texts: ['name', 'service', 'error', 'model', 'servedModel'],
    json: ['input', 'output', 'attributes', 'events'],
  },
  { name: 'spanMessage', key: ['id'], texts: [], json: ['attributes'] },
];
const ofObservation = sql`observationId in (select id from observation where projectId = `;

export type ProductionText = { column: string; text: string; json: boolean };
/** One row, and its texts. */
export type ProductionRecord = { table: string; key: readonly number[]; texts: readonly ProductionText[] };
/** A case in whichever versions of its set; `current` where the newest has it. */
export type CaseText = { id: number; set: string; key: string; current: boolean; variables: string; expected: string };
export type ChangedText = { column: string; before: string; after: string };

/** Every text that production calls left in the database, whatever its table: for what is about all of them. */
export class ProductionTextStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Bytes of the database's file. */
  async fileBytes(): Promise<number> {
    const { rows } = await sql<{ bytes: number }>`
      select page_count * page_size as bytes from pragma_page_count, pragma_page_size`.execute(this.#database);
    return rows[0]?.bytes ?? 0;
  }

  async count(project: ProjectId): Promise<number> {
    let total = 0;
    for (const { name } of tables) {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from ${sql.table(name)} where ${belongsTo(name, project)}`.execute(this.#database);
      total += rows[0]?.n ?? 0;
    }
    return total;
  }

  /** All records in slices. */
  async *slices(project: ProjectId, size: number): AsyncGenerator<ProductionRecord[]> {
    for (const table of tables) {
      let after: readonly number[] = table.key.map(() => 0);
      for (;;) {
        const records = await this.#slice(table, project, after, size);
        const last = records.at(-1);
        if (last === undefined) break;
        yield records;
        after = last.key;
      }
    }
  }

  /** Every case of a project's sets in slices, those that newer versions no longer have among them. */
  async *cases(project: ProjectId, size: number): AsyncGenerator<CaseText[]> {
    for (let after = 0; ; ) {
      const rows = await this.#database
        .selectFrom('evalCase')
        .innerJoin('evalSet', 'evalSet.id', 'evalCase.evalSetId')
        .select(['evalCase.id', 'evalSet.slug as set', 'key', 'variables', 'expected', 'removedIn'])
        .where('evalSet.projectId', '=', project)
        .where(sql<SqlBool>`evalCase.id > ${after}`)
        .orderBy('evalCase.id')
        .limit(size)
        .execute();
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(({ removedIn, ...row }) => ({ ...row, current: removedIn === null }));
      after = last.id;
    }
  }

  /** Replaces texts that are still what they were; one that was written meanwhile has passed the rules by itself. */
  async rewrite(
    { table, key }: Pick<ProductionRecord, 'table' | 'key'>,
    changes: readonly ChangedText[],
  ): Promise<void> {
    const of = tables.find(({ name }) => name === table);
    if (of === undefined) throw new TypeError(`"${table}" is no table of production's texts`);
    for (const { column, before, after } of changes) {
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${after}
        where (${sql.join(of.key.map((name) => sql.ref(name)))}) = (${sql.join(key)}) and ${sql.ref(column)} = ${before}`.execute(
        this.#database,
      );
    }
  }

  async #slice(
    { name, key, texts, json }: TextTable,
    project: ProjectId,
    after: readonly number[],
    size: number,
  ): Promise<ProductionRecord[]> {
    const keys = sql.join(key.map((column) => sql.ref(column)));
    const { rows } = await sql<Record<string, string | number | null>>`
      select ${sql.join([...key, ...texts, ...json].map((column) => sql.ref(column)))} from ${sql.table(name)}
      where ${belongsTo(name, project)} and (${keys}) > (${sql.join(after)}) order by ${keys} limit ${size}`.execute(
      this.#database,
    );
    return rows.map((row) => ({
      table: name,
      key: key.map((column) => Number(row[column])),
      texts: [...texts, ...json].flatMap((column) => {
        const text = row[column];
        return typeof text === 'string' ? [{ column, text, json: json.includes(column) }] : [];
      }),
    }));
  }
}

const belongsTo = (table: string, project: ProjectId): RawBuilder<unknown> =>
  table === 'observationScore' ? sql`${ofObservation}${project})` : sql`projectId = ${project}`;
