import { type Kysely, sql } from 'kysely';

const statements = [
  // The answer that the first scorer read: what a confusion matrix counts.
  `alter table judgement add column answer text generated always as (json_extract(scores, '$[0].answer')) virtual`,
  'create index judgementByOutcome on judgement (scoringId, outcome)',
  'create index judgementByAnswer on judgement (scoringId, outcome, answer)',
  'create index resultErrors on result (runId) where errorCode is not null and last = 1',
  // What a person holds of the answer, whatever the scorers said.
  `alter table review add column verdict text check (verdict in ('passed', 'failed'))`,
];

/** Pages of results with the failures first, by outcome, by answer; a person's verdict. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
