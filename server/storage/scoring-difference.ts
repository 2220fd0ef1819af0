import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ResultId, RunId, ScoringId } from '../domain/ids.ts';
import type { Judgement } from '../domain/result.ts';
import type { Database } from './database.ts';

type Outcome = Judgement['outcome'];
export type ScoringDifference = {
  /** Outputs that both judged, by what each said. */
  counts: { from: Outcome; to: Outcome; count: number }[];
  /** The first ones that they differ on. */
  changed: { result: ResultId; caseKey: string; from: Outcome; to: Outcome }[];
};

/** Outputs that are compared at a time: others get their turn in between. */
const SLICE = 4_000;
const mostShown = 200;

/** What two scorings of a run say of the same outputs. */
export async function scoringDifference(
  database: Database,
  run: RunId,
  { from, to }: { from: ScoringId; to: ScoringId },
): Promise<ScoringDifference> {
  const counts = new Map<string, ScoringDifference['counts'][number]>();
  const changed: ScoringDifference['changed'] = [];
  for (let after = 0; ; ) {
    const { rows } = await sql<ScoringDifference['changed'][number]>`
      select result.id as result, evalCase.key as caseKey, a.outcome as "from", b.outcome as "to"
      from judgement as a
      cross join judgement as b on b.scoringId = ${to} and b.resultId = a.resultId
      cross join result on result.id = a.resultId
      cross join evalCase on evalCase.id = result.caseId
      where a.scoringId = ${from} and a.resultId > ${after} and result.last = 1 and result.runId = ${run}
      order by a.resultId limit ${SLICE}`.execute(database);
    for (const row of rows) {
      const key = `${row.from} ${row.to}`;
      const counted = counts.get(key) ?? { from: row.from, to: row.to, count: 0 };
      counts.set(key, { ...counted, count: counted.count + 1 });
      if (row.from !== row.to && changed.length < mostShown) changed.push(row);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return { counts: [...counts.values()], changed };
    after = last.result;
    await nextTurn();
  }
}
