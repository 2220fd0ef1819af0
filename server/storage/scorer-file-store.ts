import type { ScorerFile } from '../domain/scorer-file.ts';
import type { Database } from './database.ts';
import { now } from './now.ts';

/** Scorers of one's own as they were when a run took them, by the hash of their text. */
export class ScorerFileStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async keep({ hash, name, source }: ScorerFile): Promise<void> {
    await this.#database
      .insertInto('scorerFile')
      .values({ hash, name, source, createdAt: now() })
      .onConflict((on) => on.doNothing())
      .execute();
  }

  /** Null where it was never kept. */
  async find(name: string, hash: string): Promise<ScorerFile | null> {
    const row = await this.#database
      .selectFrom('scorerFile')
      .select(['hash', 'name', 'source'])
      .where('hash', '=', hash)
      .where('name', '=', name)
      .executeTakeFirst();
    return row ?? null;
  }
}
