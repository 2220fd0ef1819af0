import { type RawBuilder, sql } from 'kysely';
import type { EvalSetId, ProjectId, PromptId, RunId } from '../domain/ids.ts';
import type { Run, RunStatus, RunSummary } from '../domain/run.ts';
import type { RunChoices, RunFilter, RunSearch } from '../domain/run-filter.ts';
import { contains } from './contains.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson } from './json-column.ts';
import { IS_LOOK, RUNS, SPLIT } from './run-look.ts';
import { ownerIsAlive } from './run-owner.ts';
import { type RunRow, runOf } from './run-row.ts';

/** A run with the names of what it ran; `summary` is null while it has none of its own. */
export type ListedRun = { run: Run; summary: RunSummary | null } & {
  prompt: string;
  version: number;
  set: string;
  setVersion: number;
};
type Row = RunRow & Omit<ListedRun, 'run' | 'summary'>;

/** The runs of a project as lists show them, newest first. */
export class RunListStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(project: ProjectId, search: RunSearch = {}): Promise<ListedRun[]> {
    const { after, limit } = search;
    const { rows } = await sql<Row>`
      select run.*, prompt.slug as prompt, promptVersion.number as version, evalSet.slug as "set", evalSetVersion.number as setVersion,
        (select scorers from scoring where id = ${countedScoring(sql`run.id`)}) as scorers
      from ${RUNS} where ${await this.#matching(project, search)} and ${after === undefined ? sql`true` : sql`run.id < ${after}`}
      order by run.id desc limit ${limit ?? -1}`.execute(this.#database);
    return rows.map((row) => ({
      run: runOf(row),
      summary: row.summary === null ? null : fromJson<RunSummary>(row.summary),
      prompt: row.prompt,
      version: row.version,
      set: row.set,
      setVersion: row.setVersion,
    }));
  }

  async count(project: ProjectId, filter: RunFilter): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${RUNS} where ${await this.#matching(project, filter)}`.execute(this.#database);
    return rows[0]?.count ?? 0;
  }

  /**
   * Which look at the holdout cases of its set each run was that asked them: the prompt's first, its second, … A stand-in's answers say nothing of a
   * prompt and are none. A run that was deleted stays a look: to delete the worse ones would otherwise make the next one count for more.
   */
  async holdoutLooks(project: ProjectId): Promise<Map<RunId, number>> {
    const { rows } = await sql<{ id: RunId; look: number }>`
      select id, row_number() over (partition by promptId, evalSetId order by id) as look from (
        select run.id, promptVersion.promptId, evalSetVersion.evalSetId from ${RUNS} where run.projectId = ${project} and ${IS_LOOK}
        union all select id, promptId, evalSetId from deletedRun where projectId = ${project} and promptId is not null)`.execute(
      this.#database,
    );
    return new Map(rows.map(({ id, look }) => [id, look]));
  }

  /** How many runs of a prompt have looked at the holdout cases of a set. */
  async holdoutLookCount(prompt: PromptId, set: EvalSetId): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select (select count(*) from ${RUNS} where promptVersion.promptId = ${prompt} and evalSetVersion.evalSetId = ${set} and ${IS_LOOK})
        + (select count(*) from deletedRun where promptId = ${prompt} and evalSetId = ${set}) as count`.execute(
      this.#database,
    );
    return rows[0]?.count ?? 0;
  }

  async choices(project: ProjectId): Promise<RunChoices> {
    const status = await this.#status();
    const { rows } = await sql<Record<keyof RunChoices, string>>`
      with own as (
        select prompt.slug as prompt, run.model, evalSet.slug as "set", run.tags, ${status} as status, run.archivedAt
        from ${RUNS} where run.projectId = ${project})
      select (select json_group_array(distinct prompt) from own) as prompts,
        (select json_group_array(distinct model) from own) as models,
        (select json_group_array(distinct "set") from own) as sets,
        (select json_group_array(distinct json_each.value) from own, json_each(own.tags)) as tags,
        (select json_group_array(distinct status) from own) as statuses,
        (select count(*) from own where archivedAt is not null) as archived`.execute(this.#database);
    const names = (text = '[]') => fromJson<string[]>(text).sort();
    const [found] = rows;
    return {
      prompts: names(found?.prompts),
      models: names(found?.models),
      sets: names(found?.sets),
      tags: names(found?.tags),
      statuses: fromJson<RunStatus[]>(found?.statuses ?? '[]'),
      archived: Number(found?.archived ?? 0),
    };
  }

  async #matching(project: ProjectId, filter: RunFilter): Promise<RawBuilder<unknown>> {
    const { prompt, version, model, set, split, status, tag, archived = 'with', search = '' } = filter;
    const own = await this.#status();
    const conditions = [sql`run.projectId = ${project}`];
    const equal = (column: RawBuilder<unknown>, value: string | number | undefined) => {
      if (value !== undefined) conditions.push(sql`${column} = ${value}`);
    };
    equal(sql`prompt.slug`, prompt);
    equal(sql`promptVersion.number`, version);
    equal(sql`run.model`, model);
    equal(sql`evalSet.slug`, set);
    equal(SPLIT, split);
    equal(own, status);
    if (tag !== undefined)
      conditions.push(sql`exists (select 1 from json_each(run.tags) where json_each.value = ${tag})`);
    if (archived !== 'with')
      conditions.push(archived === 'only' ? sql`run.archivedAt is not null` : sql`run.archivedAt is null`);
    const text = sql`concat_ws(' ', '#' || run.id, prompt.slug || '@' || promptVersion.number, prompt.name, run.model, evalSet.slug, evalSet.name,
      ${SPLIT}, ${own}, run.note, run.tags)`;
    for (const word of search.split(/\s+/)) if (word !== '') conditions.push(contains(text, word));
    return sql.join(conditions, sql` and `);
  }

  /** A run that says it is running while nobody holds it was interrupted: so does `runOf` say of one that was read. */
  async #status(): Promise<RawBuilder<unknown>> {
    const { rows } = await sql<{ owner: string }>`
      select distinct owner from run where status = 'running' and owner is not null and leaseUntil >= ${Date.now()}`.execute(
      this.#database,
    );
    const owners = rows.map(({ owner }) => owner).filter(ownerIsAlive);
    const held = sql`(run.leaseUntil >= ${Date.now()} and run.owner in (select value from json_each(${JSON.stringify(owners)})))`;
    return sql`case when run.status = 'running' and run.owner is not null and ${held} is not true then 'interrupted' else run.status end`;
  }
}
