import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { ResultId, RunId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import {
  type Kind,
  kindOf,
  kindsOf,
  lastOfSlice,
  type ResultCriteria,
  type Source,
  scoringOf,
  sourceOf,
} from './find-results.ts';

export type ResultCounts = Record<Exclude<Kind, 'unjudged'>, number>;

/** How many results of a run match, by outcome. */
export async function countResults(database: Database, run: RunId, criteria: ResultCriteria): Promise<ResultCounts> {
  const counts: ResultCounts = { failed: 0, no_answer: 0, error: 0, passed: 0 };
  for await (const { kind, count } of slices(database, run, criteria)) {
    counts[kind === 'unjudged' ? 'error' : kind] += count;
  }
  return counts;
}

/** The result before which so many come in the list that `findResults` gives, itself counted: `after` for the page there. Null where there are fewer. */
export async function resultAt(
  database: Database,
  run: RunId,
  criteria: ResultCriteria,
  skip: number,
): Promise<ResultId | null> {
  let seen = 0;
  for await (const { source, part, count } of slices(database, run, criteria)) {
    if (seen + count >= skip) {
      const { rows } = await sql<{ id: ResultId }>`
        select ${source.id} as id from ${source.from} ${source.joined} where ${part} and ${source.matching}
        order by ${source.id} limit 1 offset ${skip - seen - 1}`.execute(database);
      return rows[0]?.id ?? null;
    }
    seen += count;
  }
  return null;
}

/** How many results come before this one in that list; null where it is not in it. */
export async function placeOfResult(
  database: Database,
  run: RunId,
  criteria: ResultCriteria,
  id: ResultId,
): Promise<number | null> {
  const itsKind = await kindOf(database, await scoringOf(database, run), id);
  let before = 0;
  for await (const { kind, source, part, end, count } of slices(database, run, criteria)) {
    if (kind === itsKind && (end === null || end >= id)) {
      const until = await countOf(database, source, sql`${part} and ${source.id} <= ${id}`);
      const upTo = await countOf(database, source, sql`${part} and ${source.id} < ${id}`);
      return until === upTo ? null : before + upTo;
    }
    before += count;
  }
  return null;
}

/** The matching results in slices, in the order of the list: others get their turn in between. */
async function* slices(database: Database, run: RunId, criteria: ResultCriteria) {
  const scoring = await scoringOf(database, run);
  for (const kind of kindsOf(criteria)) {
    const source = sourceOf(kind, { run, scoring, search: criteria });
    let after = 0;
    for (;;) {
      const end = await lastOfSlice(database, source, after);
      const part = sql`${source.rows} and ${source.id} > ${after} ${end === null ? sql`` : sql`and ${source.id} <= ${end}`}`;
      yield { kind, source, part, end, count: await countOf(database, source, part) };
      if (end === null) break;
      after = end;
      await nextTurn();
    }
  }
}

async function countOf(
  database: Database,
  { from, joined, matching }: Source,
  part: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${from} ${joined} where ${part} and ${matching}`.execute(database);
  return rows[0]?.count ?? 0;
}
