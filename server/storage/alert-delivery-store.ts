import { type Selectable, sql } from 'kysely';
import type { AlertEvent } from '../domain/alert.ts';
import type { AlertDelivery, AlertWebhook, DeliveryProblem } from '../domain/alert-delivery.ts';
import type { AlertDeliveryId, AlertEventId, AlertRuleId, ProjectId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

/** Something that happened to a rule, with the newest attempt to tell it. */
export type UntoldEvent = {
  ruleId: AlertRuleId;
  eventId: AlertEventId;
  last: Pick<AlertDelivery, 'attempt' | 'status' | 'startedAt'> | null;
};

/** Where alerts are told, and each attempt to do so. */
export class AlertDeliveryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async webhook(project: ProjectId): Promise<AlertWebhook | null> {
    const row = await this.#database
      .selectFrom('alertWebhook')
      .selectAll()
      .where('projectId', '=', project)
      .executeTakeFirst();
    return row ?? null;
  }

  /** Null takes it away. */
  async setWebhook(project: ProjectId, webhook: Omit<AlertWebhook, 'projectId' | 'createdAt'> | null): Promise<void> {
    if (webhook === null) {
      await this.#database.deleteFrom('alertWebhook').where('projectId', '=', project).execute();
      return;
    }
    const values = { ...webhook, createdAt: now() };
    await this.#database
      .insertInto('alertWebhook')
      .values({ projectId: project, ...values })
      .onConflict((on) => on.column('projectId').doUpdateSet(values))
      .execute();
  }

  /** Events since the webhook was set that are to be told and were not yet, oldest first, each with its newest attempt. */
  async untold(project: ProjectId, since: string): Promise<UntoldEvent[]> {
    const { rows } = await sql<{
      ruleId: AlertRuleId;
      eventId: AlertEventId;
      attempt: number | null;
      status: AlertDelivery['status'];
      startedAt: string;
    }>`
      select ruleId, alertEvent.id as eventId, attempt, status, startedAt
      from alertEvent join alertRule on alertRule.id = alertEvent.ruleId
        left join alertDelivery on alertDelivery.eventId = alertEvent.id
          and attempt = (select max(attempt) from alertDelivery as newest where newest.eventId = alertEvent.id)
      where alertRule.projectId = ${project} and alertEvent.kind in ('fired', 'resolved') and alertEvent.createdAt >= ${since}
        and (status is null or status <> 'delivered')
      order by alertEvent.id`.execute(this.#database);
    return rows.map(({ ruleId, eventId, attempt, ...last }) => ({
      ruleId,
      eventId,
      last: attempt === null ? null : { attempt, ...last },
    }));
  }

  /** Begins an attempt; null where another process began it. */
  async begin(
    delivery: Pick<AlertDelivery, 'projectId' | 'eventId' | 'message' | 'attempt'>,
    startedAt: string,
  ): Promise<AlertDeliveryId | null> {
    const row = await this.#database
      .insertInto('alertDelivery')
      .values({ ...delivery, status: 'sending', startedAt, httpStatus: null, problem: null, endedAt: null })
      .onConflict((on) => on.doNothing())
      .returning('id')
      .executeTakeFirst();
    return row?.id ?? null;
  }

  async end(
    id: AlertDeliveryId,
    outcome: Pick<AlertDelivery, 'status' | 'httpStatus' | 'problem'>,
  ): Promise<AlertDelivery> {
    const row = await this.#database
      .updateTable('alertDelivery')
      .set({ ...outcome, problem: outcome.problem === null ? null : toJson(outcome.problem), endedAt: now() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return deliveryOf(row);
  }

  /** Newest first. */
  async list(project: ProjectId, limit: number): Promise<(AlertDelivery & { event: AlertEvent['kind'] | null })[]> {
    const rows = await this.#database
      .selectFrom('alertDelivery')
      .leftJoin('alertEvent', 'alertEvent.id', 'alertDelivery.eventId')
      .selectAll('alertDelivery')
      .select('alertEvent.kind as event')
      .where('projectId', '=', project)
      .orderBy('alertDelivery.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ event, ...row }) => ({ ...deliveryOf(row), event: event as AlertEvent['kind'] | null }));
  }
}

const deliveryOf = (row: Selectable<Tables['alertDelivery']>): AlertDelivery => ({
  ...row,
  status: row.status as AlertDelivery['status'],
  problem: row.problem === null ? null : fromJson<DeliveryProblem>(row.problem),
});
