import { CompiledQuery, type Selectable } from 'kysely';
import { contentHash } from '../domain/content-hash.ts';
import { missing } from '../domain/errors.ts';
import type { PersonId, ProjectId, PromptId, ReleaseId, ReleaseRequestId } from '../domain/ids.ts';
import type { ModelParameters } from '../domain/prompt.ts';
import type { Evidence, LabelMove, Override, Release } from '../domain/release.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import { ReleaseRequestStore } from './release-request-store.ts';
import type { Tables } from './schema.ts';

export type NewRelease = Omit<Release, 'id' | 'number' | 'evidenceDigest' | 'overrides' | 'createdAt'> &
  Partial<Pick<Release, 'overrides'>>;

/** Releases and the moves of the labels that point to them: both are only ever added. */
export class ReleaseStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** With `request`, the request that it ends as approved. Throws `release_request_ended` where that was decided already. */
  async create(
    release: NewRelease,
    request: { id: ReleaseRequestId; personId: PersonId | null } | null = null,
  ): Promise<Release> {
    return this.#database.transaction().execute(async (transaction) => {
      const last = await transaction
        .selectFrom('release')
        .select((select) => select.fn.max('number').as('number'))
        .where('promptId', '=', release.promptId)
        .executeTakeFirst();
      const row = await transaction
        .insertInto('release')
        .values({
          ...release,
          number: (last?.number ?? 0) + 1,
          parameters: toJson(release.parameters),
          evidence: toJson(release.evidence),
          evidenceDigest: contentHash(release.evidence),
          overrides: toJson(release.overrides ?? []),
          createdAt: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const released = releaseOf(row);
      if (request !== null) {
        await new ReleaseRequestStore(transaction).addEvent(request.id, {
          kind: 'approved',
          text: release.note,
          case: null,
          releaseId: released.id,
          author: release.approvedBy,
          personId: request.personId,
        });
      }
      return released;
    });
  }

  /** Newest first. */
  async list(project: ProjectId): Promise<Release[]> {
    const rows = await this.#database
      .selectFrom('release')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('id', 'desc')
      .execute();
    return rows.map(releaseOf);
  }

  /** Throws `release_missing`. */
  async get(id: ReleaseId): Promise<Release> {
    const row = await this.#database.selectFrom('release').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw missing('release_missing', `There is no release ${id}.`);
    return releaseOf(row);
  }

  async moveLabel(move: Omit<LabelMove, 'id' | 'createdAt'>): Promise<LabelMove> {
    const row = await this.#database
      .insertInto('labelMove')
      .values({ ...move, createdAt: now() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return moveOf(row);
  }

  /** Every move of a prompt's labels, newest first. */
  async moves(prompt: PromptId): Promise<LabelMove[]> {
    const rows = await this.#database
      .selectFrom('labelMove')
      .selectAll()
      .where('promptId', '=', prompt)
      .orderBy('id', 'desc')
      .execute();
    return rows.map(moveOf);
  }

  /** Every label of a prompt with what it points to now. */
  async presentLabels(prompt: PromptId): Promise<{ label: string; release: Release }[]> {
    const rows = await this.#database
      .selectFrom('labelMove')
      .innerJoin('release', 'release.id', 'labelMove.releaseId')
      .selectAll('release')
      .select('labelMove.label')
      .where('labelMove.id', 'in', (newest) =>
        newest
          .selectFrom('labelMove')
          .select((select) => select.fn.max('id').as('id'))
          .where('promptId', '=', prompt)
          .groupBy('label'),
      )
      .orderBy('labelMove.label')
      .execute();
    return rows.map(({ label, ...row }) => ({ label, release: releaseOf(row) }));
  }

  /** The release that a label of a prompt points to now, by slugs, in one statement: programs ask for it all the time. */
  async labelledRelease({
    project,
    prompt,
    label,
  }: Record<'project' | 'prompt' | 'label', string>): Promise<ReleaseId | null> {
    // Compiled once: programs ask it before each call.
    const query = CompiledQuery.raw(labelledRelease, [project, prompt, label]);
    const { rows } = await this.#database.executeQuery<{ releaseId: ReleaseId }>(query);
    return rows[0]?.releaseId ?? null;
  }

  /** What a label points to now. */
  async labelled(prompt: PromptId, label: string): Promise<Release | null> {
    const row = await this.#database
      .selectFrom('labelMove')
      .innerJoin('release', 'release.id', 'labelMove.releaseId')
      .selectAll('release')
      .where('labelMove.promptId', '=', prompt)
      .where('labelMove.label', '=', label)
      .orderBy('labelMove.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : releaseOf(row);
  }
}

const labelledRelease = `
  select labelMove.releaseId from project join prompt on prompt.projectId = project.id join labelMove on labelMove.promptId = prompt.id
  where project.slug = ? and prompt.slug = ? and labelMove.label = ? order by labelMove.id desc limit 1`;

const releaseOf = (row: Selectable<Tables['release']>): Release => ({
  ...row,
  parameters: fromJson<ModelParameters>(row.parameters),
  evidence: fromJson<Evidence>(row.evidence),
  overrides: fromJson<Override[]>(row.overrides),
});

const moveOf = (row: Selectable<Tables['labelMove']>): LabelMove => ({
  ...row,
  kind: row.kind as LabelMove['kind'],
});
