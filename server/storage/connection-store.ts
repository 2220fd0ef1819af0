import type { Connection } from '../domain/connection.ts';
import { conflict } from '../domain/errors.ts';
import type { RateLimits } from '../domain/request-pacer.ts';
import type { Database } from './database.ts';
import { now } from './now.ts';

export class ConnectionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<Connection[]> {
    return this.#database
      .selectFrom('connection')
      .select(['slug', 'name', 'baseUrl', 'keyVariable'])
      .orderBy('slug')
      .execute();
  }

  /** Throws `connection_exists`. */
  async add(connection: Connection): Promise<void> {
    const row = await this.#database
      .insertInto('connection')
      .values({ ...connection, createdAt: now() })
      .onConflict((on) => on.doNothing())
      .returning('slug')
      .executeTakeFirst();
    if (row === undefined)
      throw conflict('connection_exists', `There is a connection "${connection.slug}" already. Choose another name.`);
  }

  async remove(slug: string): Promise<void> {
    await this.#database.deleteFrom('connection').where('slug', '=', slug).execute();
    await this.#database.deleteFrom('connectionLimit').where('slug', '=', slug).execute();
  }

  /** By slug, of any connection; one without a limit is not among them. */
  async limits(): Promise<Map<string, RateLimits>> {
    const rows = await this.#database.selectFrom('connectionLimit').selectAll().execute();
    return new Map(rows.map(({ slug, ...limits }) => [slug, limits]));
  }

  async setLimits(slug: string, limits: RateLimits): Promise<void> {
    await this.#database
      .insertInto('connectionLimit')
      .values({ slug, ...limits })
      .onConflict((on) => on.column('slug').doUpdateSet(limits))
      .execute();
  }
}
