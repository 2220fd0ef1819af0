import { type Selectable, sql } from 'kysely';
import type { Price } from '../domain/price.ts';
import type { NewPriceChange, PriceChange } from '../domain/price-change.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

type Row = Selectable<Tables['priceChange']>;

/** A person's own prices: a list that only grows. */
export class PriceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add({ value, ...change }: NewPriceChange): Promise<PriceChange> {
    const row = await this.#database
      .insertInto('priceChange')
      .values({ ...change, value: value === null ? null : toJson(value), createdAt: now() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return changeOf(row);
  }

  /** Those that hold now, by subject; what was taken back is not among them. */
  async present(): Promise<PriceChange[]> {
    const { rows } = await sql<Row>`
      select * from priceChange where id in (select max(id) from priceChange group by kind, subject) and value is not null
      order by subject, id`.execute(this.#database);
    return rows.map(changeOf);
  }

  /** All that was ever said of a subject, newest first. */
  async history(subject: string): Promise<PriceChange[]> {
    const rows = await this.#database
      .selectFrom('priceChange')
      .selectAll()
      .where('subject', '=', subject)
      .orderBy('id', 'desc')
      .execute();
    return rows.map(changeOf);
  }
}

const changeOf = ({ kind, value, ...row }: Row): PriceChange =>
  kind === 'price'
    ? { ...row, kind, value: value === null ? null : fromJson<Price>(value) }
    : { ...row, kind: 'batch_share', value: value === null ? null : fromJson<number>(value) };
