import { conflict } from '../domain/errors.ts';
import type { ProjectId, ScopeId } from '../domain/ids.ts';
import type { Project } from '../domain/project.ts';
import { notAsked, type ProjectScope, type Scope, type ScopeVersion } from '../domain/scope.ts';
import { slugOf } from '../domain/slug.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';

/** Projects and their scopes; each saved scope is kept. */
export class ProjectStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Throws `project_exists`. */
  async create(name: string): Promise<Project> {
    const slug = slugOf(name);
    const row = await this.#database
      .insertInto('project')
      .values({ slug, name, createdAt: now() })
      .onConflict((on) => on.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined)
      throw conflict('project_exists', `There is a project "${slug}" already. Choose another name.`);
    return row;
  }

  async list(): Promise<Project[]> {
    return this.#database.selectFrom('project').selectAll().orderBy('id').execute();
  }

  /** By slug or by name as written. */
  async find(nameOrSlug: string): Promise<Project | null> {
    const row = await this.#database
      .selectFrom('project')
      .selectAll()
      .where('slug', '=', slugOf(nameOrSlug))
      .executeTakeFirst();
    return row ?? null;
  }

  async get(id: ProjectId): Promise<Project> {
    const row = await this.#database.selectFrom('project').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return { ...row, id };
  }

  async scope(project: ProjectId): Promise<ProjectScope> {
    return (await this.scopeVersions(project, 1))[0]?.scope ?? null;
  }

  /** Every saved scope, or so many, newest first. */
  async scopeVersions(project: ProjectId, limit = Number.MAX_SAFE_INTEGER): Promise<ScopeVersion[]> {
    const rows = await this.#database
      .selectFrom('scope')
      .select(['id', 'content', 'author', 'createdAt'])
      .select((select) =>
        select.fn
          .agg<number>('row_number')
          .over((over) => over.orderBy('id'))
          .as('number'),
      )
      .where('projectId', '=', project)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id, content, ...about }) => ({
      id,
      scope: { ...notAsked, ...fromJson<Scope>(content) },
      ...about,
    }));
  }

  /** Which version of its project's scope it is. */
  async scopeNumber(project: ProjectId, id: ScopeId): Promise<number> {
    const { number } = await this.#database
      .selectFrom('scope')
      .select(({ fn }) => fn.countAll<number>().as('number'))
      .where('projectId', '=', project)
      .where('id', '<=', id)
      .executeTakeFirstOrThrow();
    return number;
  }

  /** Adds a version. Throws `scope_changed_meanwhile` where `base` is given and is not the number of the newest one (0: none). */
  async saveScope(project: ProjectId, scope: Scope, author: string, base: number | null = null): Promise<ScopeVersion> {
    return this.#database.transaction().execute(async (transaction) => {
      const { newest } = await transaction
        .selectFrom('scope')
        .select(({ fn }) => fn.countAll<number>().as('newest'))
        .where('projectId', '=', project)
        .executeTakeFirstOrThrow();
      if (base !== null && base !== newest) {
        throw conflict(
          'scope_changed_meanwhile',
          `Version ${newest} of the scope is the newest, this was written from version ${base}. Look at what differs, then save again.`,
          { details: { newest, base } },
        );
      }
      const { id, createdAt } = await transaction
        .insertInto('scope')
        .values({ projectId: project, content: toJson(scope), author, createdAt: now() })
        .returning(['id', 'createdAt'])
        .executeTakeFirstOrThrow();
      return { id, number: newest + 1, scope, author, createdAt };
    });
  }
}
