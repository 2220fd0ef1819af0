import { type Kysely, sql } from 'kysely';

const statements = [
  `create table alertRuleChange (
    id integer primary key, ruleId integer not null references alertRule (id), condition text not null, author text not null, createdAt text not null
  ) strict`,
  'create index alertRuleChangeByRule on alertRuleChange (ruleId, id)',
  ...['update', 'delete'].map(
    (verb) =>
      `create trigger alertRuleChangeNo${verb} before ${verb} on alertRuleChange begin select raise(abort, 'alertRuleChange is append-only'); end`,
  ),
  // What a rule asked when it was checked; null where that was what it asked first.
  'alter table alertEvent add column changeId integer references alertRuleChange (id)',
  'alter table onlineScoring add column unreleased integer not null default 0 check (unreleased in (0, 1))',
  `create trigger onlineScoringUnreleased before update on onlineScoring when new.unreleased is not old.unreleased
    begin select raise(abort, 'onlineScoring is append-only'); end`,
];

/** Rules that are changed keep what they were, and calls that name no release can be scored. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
