import type { Selectable } from 'kysely';
import { conflict } from '../domain/errors.ts';
import type { ProjectId, PromptId, PromptVersionId } from '../domain/ids.ts';
import { type Prompt, type PromptContent, type PromptVersion, promptContentHash } from '../domain/prompt.ts';
import { slugOf } from '../domain/slug.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewPromptVersion = {
  content: PromptContent;
  note: string;
  author: string;
  parent: number | null;
  /** Makes a version though an older one has this content, as restoring it does; what the newest has makes none all the same. */
  again?: boolean;
  /** Number of the newest version that the person knows of, 0 for none: another one is a conflict. */
  newest?: number;
};

export class PromptStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Throws `prompt_exists`. */
  async create(project: ProjectId, name: string): Promise<Prompt> {
    const slug = slugOf(name);
    const row = await this.#database
      .insertInto('prompt')
      .values({ projectId: project, slug, name, createdAt: now() })
      .onConflict((on) => on.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined)
      throw conflict('prompt_exists', `This project has a prompt "${slug}" already. Choose another name.`);
    return promptOf(row);
  }

  async list(project: ProjectId): Promise<Prompt[]> {
    const rows = await this.#database
      .selectFrom('prompt')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('id')
      .execute();
    return rows.map(promptOf);
  }

  /** By slug or by name as written. */
  async find(project: ProjectId, nameOrSlug: string): Promise<Prompt | null> {
    const row = await this.#database
      .selectFrom('prompt')
      .selectAll()
      .where('projectId', '=', project)
      .where('slug', '=', slugOf(nameOrSlug))
      .executeTakeFirst();
    return row === undefined ? null : promptOf(row);
  }

  async get(id: PromptId): Promise<Prompt> {
    return promptOf(
      await this.#database.selectFrom('prompt').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
  }

  /**
   * Adds a version with the next number; equal content gives the version that has it, and `created: false`.
   * Throws `prompt_changed_meanwhile`.
   */
  async addVersion(prompt: PromptId, version: NewPromptVersion): Promise<{ version: PromptVersion; created: boolean }> {
    const contentHash = promptContentHash(version.content);
    return this.#database.transaction().execute(async (transaction) => {
      const rows = transaction.selectFrom('promptVersion').selectAll().where('promptId', '=', prompt);
      const newest = await rows.orderBy('number', 'desc').limit(1).executeTakeFirst();
      const equal = version.again
        ? newest
        : await rows
            .where((where) =>
              where.or([where('contentHash', '=', contentHash), where('contentHash', 'like', `${contentHash}.%`)]),
            )
            .orderBy('number', 'desc')
            .limit(1)
            .executeTakeFirst();
      if (equal !== undefined && hashOf(equal) === contentHash) return { version: versionOf(equal), created: false };
      const number = (newest?.number ?? 0) + 1;
      if (version.newest !== undefined && version.newest !== number - 1) {
        throw conflict(
          'prompt_changed_meanwhile',
          `Version ${number - 1} was saved meanwhile. Look at what differs from it, then save again.`,
          { details: { newest: number - 1 } },
        );
      }
      const row = await transaction
        .insertInto('promptVersion')
        .values({
          promptId: prompt,
          number,
          content: toJson(version.content),
          // The schema knows each content once in a prompt: one that comes again has its number behind the hash.
          contentHash: version.again ? `${contentHash}.${number}` : contentHash,
          note: version.note,
          author: version.author,
          parent: version.parent,
          createdAt: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return { version: versionOf(row), created: true };
    });
  }

  /** Oldest first. */
  async versions(prompt: PromptId): Promise<PromptVersion[]> {
    const rows = await this.#database
      .selectFrom('promptVersion')
      .selectAll()
      .where('promptId', '=', prompt)
      .orderBy('number')
      .execute();
    return rows.map(versionOf);
  }

  /** A version by its number; the newest where no number is given. */
  async version(prompt: PromptId, number: number | null): Promise<PromptVersion | null> {
    const row = await this.#database
      .selectFrom('promptVersion')
      .selectAll()
      .where('promptId', '=', prompt)
      .$if(number !== null, (query) => query.where('number', '=', number))
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : versionOf(row);
  }

  async getVersion(id: PromptVersionId): Promise<PromptVersion> {
    return versionOf(
      await this.#database.selectFrom('promptVersion').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
  }
}

const promptOf = (row: Selectable<Tables['prompt']>): Prompt => ({
  ...row,
});

const hashOf = ({ contentHash }: Selectable<Tables['promptVersion']>): string => contentHash.replace(/\..*$/, '');

const versionOf = (row: Selectable<Tables['promptVersion']>): PromptVersion => ({
  ...row,
  contentHash: hashOf(row),
  content: fromJson<PromptContent>(row.content),
});
