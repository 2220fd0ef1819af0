import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RunId } from '../domain/ids.ts';
import { outcomeSaid } from '../domain/metric-tally.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { RepeatOutcome } from '../domain/statistics/comparison.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { SaidScores } from './said-scores.ts';

type Row = { caseId: number; repeat: number; key: string; said: string | null };

/** Results read in one statement: others get their turn in between. */
const SLICE = 4_000;

/** By scorer and case key what each repeat came to. With `asTyped`, cases that another scorer judged in its place are left out. */
export async function metricOutcomes(
  database: Database,
  run: RunId,
  split: SplitChoice,
  asTyped = false,
): Promise<Map<string, Map<string, RepeatOutcome[]>>> {
  const scores = await SaidScores.ofRun(database, run);
  const byScorer = new Map<string, Map<string, RepeatOutcome[]>>();
  let at = { caseId: 0, repeat: -1 };
  for (;;) {
    const { rows } = await sql<Row>`
      select result.caseId, result.repeat, evalCase.key, ${scores.column} as said
      from result cross join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
      cross join evalCase on evalCase.id = result.caseId
      where result.runId = ${run} and result.last = 1 and (result.caseId, result.repeat) > (${at.caseId}, ${at.repeat})
        ${split === 'all' ? sql`` : sql`and evalCase.split = ${split}`}
      order by result.caseId, result.repeat limit ${sql.lit(SLICE)}`.execute(database);
    for (const { key, said } of rows) {
      for (const one of scores.of(said)) {
        if (asTyped && !one.asTyped) continue;
        const cases = byScorer.get(one.scorer) ?? new Map<string, RepeatOutcome[]>();
        byScorer.set(one.scorer, cases);
        const repeats = cases.get(key);
        if (repeats === undefined) cases.set(key, [outcomeSaid(one)]);
        else repeats.push(outcomeSaid(one));
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return byScorer;
    at = last;
    await nextTurn();
  }
}
