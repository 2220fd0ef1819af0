import { type Kysely, sql } from 'kysely';

const statements = [
  `create table batch (
    id integer primary key, runId integer not null references run (id), number integer not null, round integer not null, marker text not null unique,
    providerId text, status text not null, requests integer not null, completed integer not null, failed integer not null, estimatedUsd real, leftOut text not null,
    ending text, reason text not null, createdAt text not null, expiresAt text, settledAt text, unique (runId, number)
  ) strict`,
  `create table batchItem (
    batchId integer not null references batch (id), caseId integer not null, repeat integer not null, attempt integer not null,
    primary key (batchId, caseId, repeat)
  ) strict, without rowid`,
];

/** A run may be answered in batches at its provider, which outlive the process that sent them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
