import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AlertCondition, AlertEvent, AlertEvidence, AlertRule, AlertRuleChange } from '../domain/alert.ts';
import { missing } from '../domain/errors.ts';
import type { AlertEventId, AlertRuleChangeId, AlertRuleId, ProjectId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewAlertEvent = Omit<AlertEvent, 'id' | 'createdAt'> & { createdAt?: string };
/** With what its rule asks. */
export type AskedEvent = AlertEvent & { condition: AlertCondition };

/** Rules of alerts and what became of them: events are only ever added. */
export class AlertStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async addRule(rule: Pick<AlertRule, 'projectId' | 'condition' | 'author'>): Promise<AlertRule> {
    const row = await this.#database
      .insertInto('alertRule')
      .values({ ...rule, condition: toJson(rule.condition), createdAt: now() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return ruleOf({ ...row, changeId: null, changed: null });
  }

  /** Gives a rule another condition from now on; what it was stays. */
  async changeRule(id: AlertRuleId, { condition, author }: Pick<AlertRule, 'condition' | 'author'>): Promise<void> {
    const values = { ruleId: id, condition: toJson(condition), author, createdAt: now() };
    await this.#database.insertInto('alertRuleChange').values(values).execute();
  }

  /** Throws `alert_rule_missing`. */
  async rule(id: AlertRuleId): Promise<AlertRule> {
    const row = await this.#rules().where('alertRule.id', '=', id).executeTakeFirst();
    if (row === undefined) throw missing('alert_rule_missing', `There is no alert rule ${id}.`);
    return ruleOf(row);
  }

  /** In the order they were made, without those that were removed. */
  async rules(project: ProjectId): Promise<AlertRule[]> {
    const rows = await this.#rules()
      .where('projectId', '=', project)
      .where('removedAt', 'is', null)
      .orderBy('alertRule.id')
      .execute();
    return rows.map(ruleOf);
  }

  #rules() {
    return this.#database
      .selectFrom('alertRule')
      .leftJoin('alertRuleChange as change', (join) =>
        join.on('change.id', '=', (on) =>
          on
            .selectFrom('alertRuleChange as newest')
            .select((select) => select.fn.max('newest.id').as('id'))
            .whereRef('newest.ruleId', '=', 'alertRule.id'),
        ),
      )
      .selectAll('alertRule')
      .select(['change.id as changeId', 'change.condition as changed']);
  }

  /** Projects that have any rule. */
  async watchedProjects(): Promise<ProjectId[]> {
    const rows = await this.#database
      .selectFrom('alertRule')
      .select('projectId')
      .distinct()
      .where('removedAt', 'is', null)
      .execute();
    return rows.map(({ projectId }) => projectId);
  }

  async removeRule(id: AlertRuleId): Promise<void> {
    await this.#database.updateTable('alertRule').set({ removedAt: now() }).where('id', '=', id).execute();
  }

  /** Adds an event after the one that it follows; null where another process added one meanwhile. */
  async addEvent(event: NewAlertEvent, follows: AlertEventId | null): Promise<AlertEvent | null> {
    const evidence = event.evidence === null ? null : toJson(event.evidence);
    const row = await this.#database
      .insertInto('alertEvent')
      .values({ ...event, follows, evidence, createdAt: event.createdAt ?? now() })
      .onConflict((on) => on.doNothing())
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : eventOf(row);
  }

  /** The newest event of a rule; of one kind where that is asked. */
  async lastEvent(rule: AlertRuleId, kind?: AlertEvent['kind']): Promise<AlertEvent | null> {
    const row = await this.#database
      .selectFrom('alertEvent')
      .selectAll()
      .where('ruleId', '=', rule)
      .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : eventOf(row);
  }

  /** What became of the rules of a project, removed ones too, newest first. */
  async history(project: ProjectId, limit: number): Promise<AskedEvent[]> {
    const rows = await this.#events()
      .where('alertRule.projectId', '=', project)
      .orderBy('alertEvent.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(askedEventOf);
  }

  /** How the rules of a project were changed, removed ones too, newest first. */
  async changes(project: ProjectId, limit: number): Promise<AlertRuleChange[]> {
    const { rows } = await sql<Selectable<Tables['alertRuleChange']> & { before: string }>`
      select alertRuleChange.*, coalesce(
        (select earlier.condition from alertRuleChange as earlier
          where earlier.ruleId = alertRule.id and earlier.id < alertRuleChange.id order by earlier.id desc limit 1),
        alertRule.condition) as before
      from alertRuleChange join alertRule on alertRule.id = alertRuleChange.ruleId
      where alertRule.projectId = ${project} order by alertRuleChange.id desc limit ${limit}`.execute(this.#database);
    return rows.map((row) => ({
      ...row,
      before: fromJson<AlertCondition>(row.before),
      condition: fromJson<AlertCondition>(row.condition),
    }));
  }

  async event(id: AlertEventId): Promise<AskedEvent> {
    return askedEventOf(await this.#events().where('alertEvent.id', '=', id).executeTakeFirstOrThrow());
  }

  #events() {
    return this.#database
      .selectFrom('alertEvent')
      .innerJoin('alertRule', 'alertRule.id', 'alertEvent.ruleId')
      .leftJoin('alertRuleChange', 'alertRuleChange.id', 'alertEvent.changeId')
      .selectAll('alertEvent')
      .select((select) => select.fn.coalesce('alertRuleChange.condition', 'alertRule.condition').as('condition'));
  }

  /** How many rules of a project stand on an alert that nobody acknowledged. */
  async firing(project: ProjectId): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from alertEvent join alertRule on alertRule.id = alertEvent.ruleId
      where alertRule.projectId = ${project} and alertRule.removedAt is null and alertEvent.kind = 'fired'
        and alertEvent.id = (select max(id) from alertEvent as newest where newest.ruleId = alertRule.id)`.execute(
      this.#database,
    );
    return rows[0]?.count ?? 0;
  }
}

type RuleRow = Selectable<Tables['alertRule']> & { changeId: AlertRuleChangeId | null; changed: string | null };

const ruleOf = ({ changed, ...row }: RuleRow): AlertRule => ({
  ...row,
  condition: fromJson<AlertCondition>(changed ?? row.condition),
});

const eventOf = ({ follows: _, ...row }: Selectable<Tables['alertEvent']>): AlertEvent => ({
  ...row,
  kind: row.kind as AlertEvent['kind'],
  evidence: row.evidence === null ? null : fromJson<AlertEvidence>(row.evidence),
});

const askedEventOf = ({ condition, ...row }: Selectable<Tables['alertEvent']> & { condition: string }): AskedEvent => ({
  ...eventOf(row),
  condition: fromJson<AlertCondition>(condition),
});
