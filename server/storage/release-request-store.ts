import type { Selectable } from 'kysely';
import { contentHash } from '../domain/content-hash.ts';
import { conflict, missing } from '../domain/errors.ts';
import type { ProjectId, ReleaseRequestId } from '../domain/ids.ts';
import type { ModelParameters } from '../domain/prompt.ts';
import type { Evidence } from '../domain/release.ts';
import type { ReleaseRequest, RequestEvent } from '../domain/release-request.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewReleaseRequest = Omit<ReleaseRequest, 'id' | 'evidenceDigest' | 'createdAt' | 'events'>;
export type NewRequestEvent = Omit<RequestEvent, 'id' | 'createdAt'>;

/** Requests for a release and what was said to them: both are only ever added. */
export class ReleaseRequestStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(request: NewReleaseRequest): Promise<ReleaseRequest> {
    const row = await this.#database
      .insertInto('releaseRequest')
      .values({
        ...request,
        parameters: toJson(request.parameters),
        evidence: toJson(request.evidence),
        evidenceDigest: contentHash(request.evidence),
        createdAt: now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return requestOf(row, []);
  }

  /** Newest first. */
  async list(project: ProjectId): Promise<ReleaseRequest[]> {
    const rows = await this.#database
      .selectFrom('releaseRequest')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('id', 'desc')
      .execute();
    return Promise.all(rows.map(async (row) => requestOf(row, await this.#events(row.id))));
  }

  /** Throws `release_request_missing`. */
  async get(id: ReleaseRequestId): Promise<ReleaseRequest> {
    const row = await this.#database.selectFrom('releaseRequest').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw missing('release_request_missing', `There is no release request ${id}.`);
    return requestOf(row, await this.#events(id));
  }

  /** Throws `release_request_ended` where it was decided already, also where two decide at once. */
  async addEvent(id: ReleaseRequestId, { case: about, ...event }: NewRequestEvent): Promise<void> {
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto('requestEvent')
      .values({
        ...event,
        requestId: id,
        evalSetId: about?.evalSetId ?? null,
        caseKey: about?.key ?? null,
        createdAt: now(),
      })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) throw requestEnded(id);
  }

  async #events(id: number): Promise<RequestEvent[]> {
    const rows = await this.#database
      .selectFrom('requestEvent')
      .selectAll()
      .where('requestId', '=', id)
      .orderBy('id')
      .execute();
    return rows.map(eventOf);
  }
}

export const requestEnded = (id: ReleaseRequestId) =>
  conflict('release_request_ended', `Release request ${id} was decided already. Make a new one.`);

const requestOf = (row: Selectable<Tables['releaseRequest']>, events: RequestEvent[]): ReleaseRequest => ({
  ...row,
  parameters: fromJson<ModelParameters>(row.parameters),
  evidence: fromJson<Evidence>(row.evidence),
  events,
});

const eventOf = (row: Selectable<Tables['requestEvent']>): RequestEvent => ({
  id: row.id,
  kind: row.kind as RequestEvent['kind'],
  text: row.text,
  case: row.evalSetId === null || row.caseKey === null ? null : { evalSetId: row.evalSetId, key: row.caseKey },
  releaseId: row.releaseId,
  author: row.author,
  personId: row.personId,
  createdAt: row.createdAt,
});
