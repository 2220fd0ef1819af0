import { type Selectable, sql } from 'kysely';
import { conflict } from '../domain/errors.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { RedactionCounts } from '../domain/redaction/redactor.ts';
import type { RedactionRules, RedactionVersion } from '../domain/redaction/rules.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type RedactionCount = { name: string; count: number; lastAt: string };
/** Rules that were applied to what was stored before them. */
export type StoredRedaction = {
  rules: number;
  author: string;
  records: number;
  changed: number;
  createdAt: string;
};

/** The redaction rules of projects, each version kept, and what became of them. What they found is kept nowhere. */
export class RedactionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those that hold; null where a project has none of its own. */
  async newest(project: ProjectId): Promise<RedactionVersion | null> {
    const row = await this.#database
      .selectFrom('redactionRules')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : versionOf(row);
  }

  /** Newest first. */
  async versions(project: ProjectId): Promise<RedactionVersion[]> {
    const rows = await this.#database
      .selectFrom('redactionRules')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(versionOf);
  }

  /** Saves rules over the version `base`, 0 for the first ones. Throws `redaction_changed_meanwhile`. */
  async save(
    project: ProjectId,
    { rules, author, base }: { rules: RedactionRules; author: string; base: number },
  ): Promise<RedactionVersion> {
    return this.#database.transaction().execute(async (transaction) => {
      const present = (await new RedactionStore(transaction).newest(project))?.number ?? 0;
      if (present !== base) {
        throw conflict(
          'redaction_changed_meanwhile',
          `The redaction rules were changed meanwhile: they are at version ${present}. Look at them, and save yours over those.`,
          { details: { present } },
        );
      }
      const row = await transaction
        .insertInto('redactionRules')
        .values({ projectId: project, number: base + 1, content: toJson(rules), author, createdAt: now() })
        .returningAll()
        .executeTakeFirstOrThrow();
      return versionOf(row);
    });
  }

  /** Adds to what each rule has found so far. */
  async addCounts(project: ProjectId, counts: RedactionCounts): Promise<void> {
    if (counts.size === 0) return;
    const lastAt = now();
    await this.#database
      .insertInto('redactionCount')
      .values([...counts].map(([name, count]) => ({ projectId: project, name, count, lastAt })))
      .onConflict((on) =>
        on.columns(['projectId', 'name']).doUpdateSet({
          count: sql<number>`redactionCount.count + excluded.count`,
          lastAt: sql<string>`excluded.lastAt`,
        }),
      )
      .execute();
  }

  /** The most frequent first. */
  async counts(project: ProjectId): Promise<RedactionCount[]> {
    return this.#database
      .selectFrom('redactionCount')
      .select(['name', 'count', 'lastAt'])
      .where('projectId', '=', project)
      .orderBy('count', 'desc')
      .orderBy('name')
      .execute();
  }

  async addStored(project: ProjectId, applied: Omit<StoredRedaction, 'createdAt'>): Promise<void> {
    await this.#database
      .insertInto('storedRedaction')
      .values({ ...applied, projectId: project, createdAt: now() })
      .execute();
  }

  /** Newest first. */
  async stored(project: ProjectId): Promise<StoredRedaction[]> {
    return this.#database
      .selectFrom('storedRedaction')
      .select(['rules', 'author', 'records', 'changed', 'createdAt'])
      .where('projectId', '=', project)
      .orderBy('id', 'desc')
      .execute();
  }
}

const versionOf = ({ number, content, author, createdAt }: Selectable<Tables['redactionRules']>): RedactionVersion => ({
  number,
  author,
  createdAt,
  rules: fromJson<RedactionRules>(content),
});
