import { type Selectable, sql } from 'kysely';
import { conflict } from '../domain/errors.ts';
import type { CaseList, EvalCase, EvalSet, EvalSetVersion } from '../domain/evaluation-set.ts';
import type { CaseId, EvalSetId, EvalSetVersionId, ProjectId } from '../domain/ids.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { SplitChoice } from '../domain/run.ts';
import { slugOf } from '../domain/slug.ts';
import type { Split } from '../domain/split.ts';
import { caseContains } from './case-search.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { applyBulkEdit, type BulkEdit } from './eval-set-bulk.ts';
import { applyChange, type ChangeNote, type NewCase, type SetChange } from './eval-set-change.ts';
import { fromJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewEvalSet = Pick<EvalSet, 'name' | 'notes' | 'holdoutShare'>;
export type CaseFilter = {
  search?: string;
  split?: SplitChoice;
  label?: string;
  tag?: string;
  source?: string;
  /** Only those whose newest result in this run did not pass. */
  failedIn?: number;
  after?: number;
  limit?: number;
  /** As many as `limit` says, drawn at random; there is no next page then. */
  drawn?: boolean;
};

export class EvalSetStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes a set without a version. Throws `eval_set_exists`. */
  async create(project: ProjectId, set: NewEvalSet): Promise<EvalSet> {
    return insertSet(this.#database, project, set);
  }

  async list(project: ProjectId): Promise<EvalSet[]> {
    const rows = await this.#database
      .selectFrom('evalSet')
      .selectAll()
      .where('projectId', '=', project)
      .orderBy('id')
      .execute();
    return rows.map(setOf);
  }

  /** By slug or by name as written. */
  async find(project: ProjectId, nameOrSlug: string): Promise<EvalSet | null> {
    const row = await this.#database
      .selectFrom('evalSet')
      .selectAll()
      .where('projectId', '=', project)
      .where('slug', '=', slugOf(nameOrSlug))
      .executeTakeFirst();
    return row === undefined ? null : setOf(row);
  }

  async get(id: EvalSetId): Promise<EvalSet> {
    return setOf(await this.#database.selectFrom('evalSet').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  }

  /** Oldest first. */
  async versions(set: EvalSetId): Promise<EvalSetVersion[]> {
    const rows = await this.#database
      .selectFrom('evalSetVersion')
      .selectAll()
      .where('evalSetId', '=', set)
      .orderBy('number')
      .execute();
    return rows.map(versionOf);
  }

  /** A version by its number; the newest where no number is given. */
  async version(set: EvalSetId, number: number | null): Promise<EvalSetVersion | null> {
    const row = await this.#database
      .selectFrom('evalSetVersion')
      .selectAll()
      .where('evalSetId', '=', set)
      .$if(number !== null, (query) => query.where('number', '=', number))
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : versionOf(row);
  }

  async getVersion(id: EvalSetVersionId): Promise<EvalSetVersion> {
    return versionOf(
      await this.#database.selectFrom('evalSetVersion').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
  }

  /** Makes a set with its first version in one transaction. Throws `eval_set_exists`. */
  async createWithCases(
    project: ProjectId,
    set: NewEvalSet,
    cases: CaseList<NewCase>,
    about: ChangeNote,
  ): Promise<{ set: EvalSet; version: EvalSetVersion }> {
    return this.#database.transaction().execute(async (transaction) => {
      const created = await insertSet(transaction, project, set);
      const change = { added: cases, replaced: [], removed: [] };
      return { set: created, version: versionOf(await applyChange(transaction, created.id, 0, change, about)) };
    });
  }

  /**
   * Makes the next version in one transaction. `base` is the number of the version that the change was made on (0 for a new set).
   * Throws `set_changed_meanwhile`, `case_missing`, `case_exists`; then nothing was stored.
   */
  async change(set: EvalSetId, base: number, change: SetChange, about: ChangeNote): Promise<EvalSetVersion> {
    return this.#database
      .transaction()
      .execute(async (transaction) => versionOf(await applyChange(transaction, set, base, change, about)));
  }

  /** Makes the next version in one transaction, with all matching cases of the newest changed alike. Null where none changes. Throws `set_changed_meanwhile`. */
  async changeMatching(
    version: EvalSetVersion,
    filter: CaseFilter,
    edit: BulkEdit,
    about: ChangeNote,
  ): Promise<{ version: EvalSetVersion; changed: number } | null> {
    const ids = this.#matching(version, filter).select('id');
    return this.#database.transaction().execute(async (transaction) => {
      const done = await applyBulkEdit(transaction, version, ids, edit, about);
      return done && { ...done, version: versionOf(done.version) };
    });
  }

  /** Cases of a version in the set's order; `after` is the position of the last one seen. */
  async cases(version: EvalSetVersion, filter: CaseFilter = {}): Promise<(EvalCase & { position: number })[]> {
    const rows = await this.#matching(version, filter)
      .selectAll()
      .$if(filter.after !== undefined, (query) => query.where('position', '>', filter.after ?? 0))
      .orderBy(filter.drawn ? sql`random()` : 'position')
      .$if(filter.limit !== undefined, (query) => query.limit(filter.limit ?? 0))
      .execute();
    return rows.map((row) => ({ ...caseOf(row), position: row.position }));
  }

  /** In the set's order. */
  async caseIds(version: EvalSetVersion, filter: CaseFilter = {}): Promise<CaseId[]> {
    const rows = await this.#matching(version, filter).select('id').orderBy('position').execute();
    return rows.map(({ id }) => id);
  }

  /** Cases in the order of these ids. */
  async casesById(ids: readonly CaseId[]): Promise<EvalCase[]> {
    if (ids.length === 0) return [];
    const rows = await this.#database.selectFrom('evalCase').selectAll().where('id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [caseOf(row)];
    });
  }

  async countCases(version: EvalSetVersion, filter: CaseFilter = {}): Promise<number> {
    const row = await this.#matching(version, filter)
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return row.count;
  }

  /** Cases that another version of the set does not have as they are here. */
  async casesOnlyIn(version: EvalSetVersion, other: EvalSetVersion): Promise<EvalCase[]> {
    const rows = await this.#matching(version, {})
      .where((where) => where.or([where('addedIn', '>', other.number), where('removedIn', '<=', other.number)]))
      .selectAll()
      .orderBy('position')
      .execute();
    return rows.map(caseOf);
  }

  async case(id: CaseId): Promise<EvalCase | null> {
    const row = await this.#database.selectFrom('evalCase').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : caseOf(row);
  }

  /** Whether any version of a set has a case of this key. */
  async hasCase(set: EvalSetId, key: string): Promise<boolean> {
    const found = this.#database
      .selectFrom('evalCase')
      .select('id')
      .where('evalSetId', '=', set)
      .where('key', '=', key);
    return (await found.limit(1).executeTakeFirst()) !== undefined;
  }

  /** How many cases of a version have each label, by split. */
  async labelCounts(version: EvalSetVersion): Promise<{ label: string | null; split: Split; count: number }[]> {
    const rows = await this.#matching(version, {})
      .select(['label', 'split', (select) => select.fn.countAll<number>().as('count')])
      .groupBy(['label', 'split'])
      .orderBy('label')
      .execute();
    return rows.map((row) => ({ ...row, split: row.split as Split }));
  }

  /** How many cases of a version have each tag, and how many of them are holdout. */
  async tagCounts(version: EvalSetVersion): Promise<{ tag: string; count: number; holdout: number }[]> {
    const { rows } = await sql<{ tag: string; count: number; holdout: number }>`
      select tags.value as tag, count(*) as count, sum(split = 'holdout') as holdout from evalCase, json_each(evalCase.tags) as tags
      where evalSetId = ${version.evalSetId} and addedIn <= ${version.number} and (removedIn is null or removedIn > ${version.number})
      group by tags.value order by tags.value`.execute(this.#database);
    return rows;
  }

  /** The different lists of scorers that cases of a version have of their own. */
  async caseScorers(version: EvalSetVersion, split: SplitChoice = 'all'): Promise<string[][]> {
    const rows = await this.#matching(version, { split })
      .select('scorers')
      .distinct()
      .where('scorers', 'is not', null)
      .execute();
    return rows.flatMap(({ scorers }) => (scorers === null ? [] : [fromJson<string[]>(scorers)]));
  }

  /** How many cases of a version have scorers of their own. */
  async countOwnScorers(version: EvalSetVersion, split: SplitChoice): Promise<number> {
    const row = await this.#matching(version, { split })
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('scorers', 'is not', null)
      .executeTakeFirstOrThrow();
    return row.count;
  }

  /** How many cases of a version came from each source. */
  async sourceCounts(version: EvalSetVersion): Promise<{ source: string; count: number }[]> {
    return this.#matching(version, {})
      .select(['source', (select) => select.fn.countAll<number>().as('count')])
      .groupBy('source')
      .orderBy('source')
      .execute();
  }

  /** Names of the variables that a version's cases give, sorted. */
  async variableNames(version: EvalSetVersion): Promise<string[]> {
    const { rows } = await sql<{ name: string }>`
      select distinct variable.key as name from evalCase, json_each(evalCase.variables) as variable
      where evalSetId = ${version.evalSetId} and addedIn <= ${version.number} and (removedIn is null or removedIn > ${version.number})
      order by name`.execute(this.#database);
    return rows.map(({ name }) => name);
  }

  #matching(version: EvalSetVersion, filter: CaseFilter) {
    return this.#database
      .selectFrom('evalCase')
      .where('evalSetId', '=', version.evalSetId)
      .where('addedIn', '<=', version.number)
      .where((where) => where.or([where('removedIn', 'is', null), where('removedIn', '>', version.number)]))
      .$if(filter.split !== undefined && filter.split !== 'all', (query) =>
        query.where('split', '=', filter.split ?? ''),
      )
      .$if(filter.label !== undefined, (query) => query.where('label', '=', filter.label ?? ''))
      .$if(filter.tag !== undefined, (query) =>
        query.where(sql<boolean>`exists (select 1 from json_each(tags) where json_each.value = ${filter.tag})`),
      )
      .$if(filter.source !== undefined, (query) => query.where('source', '=', filter.source ?? ''))
      .$if(filter.failedIn !== undefined, (query) => query.where('key', 'in', keysFailedIn(filter.failedIn ?? 0)))
      .$if(filter.search !== undefined && filter.search !== '', (query) =>
        query.where(caseContains(filter.search ?? '')),
      );
  }
}

/** Of the cases that a run's newest scoring did not pass, as the run had them. */
const keysFailedIn = (run: number) => sql<string>`(
  select failed.key from judgement join result on result.id = judgement.resultId and result.last = 1
  join evalCase as failed on failed.id = result.caseId
  where judgement.scoringId = ${countedScoring(run)} and judgement.outcome in ('failed', 'no_answer'))`;

async function insertSet(database: Database, project: ProjectId, set: NewEvalSet): Promise<EvalSet> {
  const slug = slugOf(set.name);
  const row = await database
    .insertInto('evalSet')
    .values({ projectId: project, slug, ...set, createdAt: now() })
    .onConflict((on) => on.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined)
    throw conflict('eval_set_exists', `This project has an evaluation set "${slug}" already. Choose another name.`);
  return setOf(row);
}

const setOf = (row: Selectable<Tables['evalSet']>): EvalSet => ({
  ...row,
});

const versionOf = (row: Selectable<Tables['evalSetVersion']>): EvalSetVersion => ({
  ...row,
});

const caseOf = (row: Selectable<Tables['evalCase']>): EvalCase => ({
  id: row.id,
  key: row.key,
  variables: fromJson<JsonObject>(row.variables),
  expected: fromJson<JsonValue>(row.expected),
  tags: fromJson<string[]>(row.tags),
  source: row.source,
  group: row.groupName,
  ...(row.scorers !== null && { scorers: fromJson<string[]>(row.scorers) }),
  split: row.split as Split,
});
