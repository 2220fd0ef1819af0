import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { RunId } from '../domain/ids.ts';
import { contains } from './contains.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';

export type ChoiceField = 'tag' | 'label' | 'answer';
/** A value that results can be narrowed to, and how many have it. */
export type ResultChoice = { value: string; count: number };

/** Results that are looked at in one statement: others get their turn in between. */
const SLICE = 10_000;

/** The values of a run's results that contain a text, most results first: of many tags, a list has only the largest. */
export async function findChoices(
  database: Database,
  run: RunId,
  { field, search, limit }: { field: ChoiceField; search: string; limit: number },
): Promise<ResultChoice[]> {
  const { from, value, matching } = sourceOf(field, run, search);
  const counts = new Map<string, number>();
  for (let after = 0; ; ) {
    const { rows: ends } = await sql<{ id: number }>`
      select caseId as id from result where runId = ${run} and last = 1 and caseId > ${after} order by caseId limit 1 offset ${SLICE}`.execute(
      database,
    );
    const end = ends[0]?.id ?? null;
    const { rows } = await sql<ResultChoice>`
      select ${value} as value, count(distinct result.id) as count from result ${from}
      where result.runId = ${run} and result.last = 1 and result.caseId > ${after} ${end === null ? sql`` : sql`and result.caseId <= ${end}`} and ${matching}
      group by ${value}`.execute(database);
    for (const { value, count } of rows) counts.set(value, (counts.get(value) ?? 0) + count);
    if (end === null) break;
    after = end;
    await nextTurn();
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

type Source = { from: RawBuilder<unknown>; value: RawBuilder<string>; matching: RawBuilder<unknown> };

/** A cross join keeps the order of the tables: the index of a run's results is walked. */
function sourceOf(field: ChoiceField, run: RunId, search: string): Source {
  if (field === 'answer') {
    const value = sql<string>`judgement.answer`;
    return {
      from: sql`cross join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}`,
      value,
      matching: contains(value, search),
    };
  }
  const cases = sql`cross join evalCase on evalCase.id = result.caseId`;
  if (field === 'label') {
    const value = sql<string>`evalCase.label`;
    return { from: cases, value, matching: contains(value, search) };
  }
  return {
    from: sql`${cases} cross join json_each(evalCase.tags) as tag`,
    value: sql<string>`tag.value`,
    // The first part is fast: most cases need not be looked into.
    matching: sql`${contains(sql`evalCase.tags`, inJson(search))} and ${contains(sql`tag.value`, search)}`,
  };
}

/** As it stands in JSON. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
