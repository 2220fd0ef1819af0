import type { Selectable } from 'kysely';
import type { CaseDraft, DraftedCase, Drafting, DraftingStatus, DraftProblem, Likeness } from '../domain/case-draft.ts';
import { conflict, missing } from '../domain/errors.ts';
import type { CaseDraftId, DraftingId, EvalSetId, ProjectId } from '../domain/ids.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

type NewDrafting = Pick<Drafting, 'projectId' | 'evalSetId' | 'model' | 'prompt' | 'wanted' | 'author' | 'owner'>;
/** What one call brought. */
export type DraftingPart = {
  drafts: readonly (DraftedCase & { like: Likeness | null })[];
  problems: readonly DraftProblem[];
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
};
type Decision = { state: CaseDraft['state']; author: string };

export type DraftCounts = Record<CaseDraft['state'], number>;
/** Before anything came. */
export const noDrafts: DraftCounts = { open: 0, confirmed: 0, dropped: 0 };

/** So many problems say enough. */
const MOST_PROBLEMS = 50;

/** Drafts of cases, and the times that a model was asked for them. */
export class CaseDraftStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(drafting: NewDrafting): Promise<Drafting> {
    const row = await this.#database
      .insertInto('drafting')
      .values({ ...drafting, status: 'running', createdAt: now() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return draftingOf(row);
  }

  /** Throws `drafting_missing`. */
  async drafting(id: DraftingId): Promise<Drafting> {
    const row = await this.#database.selectFrom('drafting').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw missing('drafting_missing', `There is no drafting ${id}.`);
    return draftingOf(row);
  }

  /** Newest first. */
  async draftings(project: ProjectId): Promise<Drafting[]> {
    const rows = await this.#database
      .selectFrom('drafting')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('id', 'desc')
      .execute();
    return rows.map(draftingOf);
  }

  /** Stores what a call brought, all of it or nothing. */
  async add(id: DraftingId, part: DraftingPart): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      const before = await transaction
        .selectFrom('drafting')
        .select(['problems', 'inputTokens', 'outputTokens', 'costUsd'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const problems = [...fromJson<DraftProblem[]>(before.problems), ...part.problems].slice(-MOST_PROBLEMS);
      const costUsd = before.costUsd === null || part.costUsd === null ? null : before.costUsd + part.costUsd;
      await transaction
        .updateTable('drafting')
        .set({
          problems: toJson(problems),
          inputTokens: before.inputTokens + part.inputTokens,
          outputTokens: before.outputTokens + part.outputTokens,
          costUsd,
        })
        .where('id', '=', id)
        .execute();
      if (part.drafts.length === 0) return;
      await transaction
        .insertInto('caseDraft')
        .values(
          part.drafts.map(({ variables, expected, tags, like }) => ({
            draftingId: id,
            variables: toJson(variables),
            expected: toJson(expected),
            tags: toJson(tags),
            likeness: like === null ? null : toJson(like),
          })),
        )
        .execute();
    });
  }

  /** What has ended stays as it ended. */
  async end(id: DraftingId, status: DraftingStatus): Promise<void> {
    await this.#database
      .updateTable('drafting')
      .set({ status })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .execute();
  }

  /** Of a project, those that nobody has decided on, in the order they came. */
  async open(project: ProjectId): Promise<CaseDraft[]> {
    const rows = await this.#database
      .selectFrom('caseDraft')
      .innerJoin('drafting', 'drafting.id', 'caseDraft.draftingId')
      .selectAll('caseDraft')
      .where('drafting.projectId', '=', project)
      .where('caseDraft.state', '=', 'open')
      .orderBy('caseDraft.id')
      .execute();
    return rows.map(draftOf);
  }

  /** How many drafts of each drafting of a project are in each state. */
  async counts(project: ProjectId): Promise<Map<DraftingId, DraftCounts>> {
    const rows = await this.#database
      .selectFrom('caseDraft')
      .innerJoin('drafting', 'drafting.id', 'caseDraft.draftingId')
      .select(({ fn }) => ['caseDraft.draftingId', 'caseDraft.state', fn.countAll<number>().as('count')])
      .where('drafting.projectId', '=', project)
      .groupBy(['caseDraft.draftingId', 'caseDraft.state'])
      .execute();
    const counts = new Map<DraftingId, DraftCounts>();
    for (const { draftingId, state, count } of rows) {
      counts.set(draftingId, { ...(counts.get(draftingId) ?? noDrafts), [state]: count });
    }
    return counts;
  }

  /** Of a set, the newest first, whatever became of them. */
  async newestOf(set: EvalSetId, limit: number): Promise<CaseDraft[]> {
    const rows = await this.#database
      .selectFrom('caseDraft')
      .innerJoin('drafting', 'drafting.id', 'caseDraft.draftingId')
      .selectAll('caseDraft')
      .where('drafting.evalSetId', '=', set)
      .orderBy('caseDraft.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(draftOf);
  }

  /** Throws `case_draft_missing`. */
  async draft(id: CaseDraftId): Promise<CaseDraft> {
    const row = await this.#database.selectFrom('caseDraft').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw missing('case_draft_missing', `There is no draft ${id}.`);
    return draftOf(row);
  }

  /** Changes what became of a draft, where it still is `from`. Throws `case_draft_missing`, `case_draft_decided`. */
  async decide(id: CaseDraftId, from: CaseDraft['state'], { state, author }: Decision): Promise<CaseDraft> {
    const decided = state === 'open' ? { decidedBy: null, decidedAt: null } : { decidedBy: author, decidedAt: now() };
    const row = await this.#database
      .updateTable('caseDraft')
      .set({ state, ...decided })
      .where('id', '=', id)
      .where('state', '=', from)
      .returningAll()
      .executeTakeFirst();
    if (row !== undefined) return draftOf(row);
    throw decidedMeanwhile(await this.draft(id));
  }
}

/** `case_draft_decided` */
export const decidedMeanwhile = ({ id, state, decidedBy }: CaseDraft) =>
  conflict(
    'case_draft_decided',
    `The draft ${id} is ${state}${decidedBy ? ` by ${decidedBy}` : ''} meanwhile. Load the page again.`,
    { details: { state } },
  );

const draftingOf = (row: Selectable<Tables['drafting']>): Drafting => ({
  ...row,
  status: row.status as DraftingStatus,
  problems: fromJson<DraftProblem[]>(row.problems),
});

const draftOf = ({ likeness, ...row }: Selectable<Tables['caseDraft']>): CaseDraft => ({
  ...row,
  state: row.state as CaseDraft['state'],
  variables: fromJson<JsonObject>(row.variables),
  expected: fromJson<JsonValue>(row.expected),
  tags: fromJson<string[]>(row.tags),
  like: likeness === null ? null : fromJson<Likeness>(likeness),
});
