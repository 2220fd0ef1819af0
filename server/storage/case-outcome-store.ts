import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { ResultId, RunId } from '../domain/ids.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { CaseOutcome } from '../domain/run-alignment.ts';
import type { Outcome } from '../domain/scorer.ts';
import type { Database } from './database.ts';

/** Rows that are read at a time, so that a long run never holds up the process. */
const CHUNK = 4_000;

type Row = {
  caseId: number;
  repeat: number;
  key: string;
  id: number;
  outcome: Outcome | null;
  output: string | null;
};

/** What became of each case of a run, without what was said: enough to pair runs of any length. */
export class CaseOutcomeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By the cases' ids. */
  async ofRun(run: RunId, split: SplitChoice): Promise<Map<string, CaseOutcome>> {
    const outcomes = new Map<string, CaseOutcome>();
    let at = { caseId: 0, repeat: -1 };
    for (;;) {
      const rows = await this.#chunk(run, split, at);
      for (const row of rows) outcomes.set(row.key, withRepeat(outcomes.get(row.key), row));
      const last = rows.at(-1);
      if (last === undefined || rows.length < CHUNK) return outcomes;
      at = last;
    }
  }

  /** Changes whenever a result or a scoring was added to a run: what was read of it before is then out of date. */
  async mark(run: RunId): Promise<string> {
    const { rows } = await sql<{ mark: string }>`
      select (select max(id) from scoring where runId = ${run}) || '.' || coalesce((select max(id) from result where runId = ${run}), 0) as mark`.execute(
      this.#database,
    );
    return rows[0]?.mark ?? '';
  }

  async #chunk(run: RunId, split: SplitChoice, { caseId, repeat }: { caseId: number; repeat: number }): Promise<Row[]> {
    const ofSplit = split === 'all' ? sql`` : sql`and evalCase.split = ${split}`;
    const { rows } = await sql<Row>`
      select result.caseId, result.repeat, evalCase.key, result.id, judgement.outcome, result.output
      from result join evalCase on evalCase.id = result.caseId
      left join judgement on judgement.resultId = result.id and judgement.scoringId = (select max(id) from scoring where runId = ${run})
      where result.runId = ${run} and result.last = 1 and (result.caseId, result.repeat) > (${caseId}, ${repeat}) ${ofSplit}
      order by result.caseId, result.repeat limit ${CHUNK}`.execute(this.#database);
    return rows;
  }
}

const DIGEST_LENGTH = 28;
/** Tells different outputs apart; short ones are their own. */
const digest = (text: string): string => (text.length < DIGEST_LENGTH ? text : hash('sha1', text, 'base64'));

function withRepeat(before: CaseOutcome | undefined, row: Row): CaseOutcome {
  const outcome = row.outcome ?? 'error';
  const repeat = outcome === 'no_answer' ? 'failed' : outcome;
  const own = digest(row.output ?? '');
  if (before === undefined) {
    return { key: row.key, resultId: row.id as ResultId, outcome, repeats: [repeat], digest: own };
  }
  const decides = before.outcome === 'passed' && outcome !== 'passed';
  return {
    ...before,
    ...(decides ? { resultId: row.id as ResultId, outcome } : {}),
    repeats: [...before.repeats, repeat],
    digest: digest(`${before.digest} ${own}`),
  };
}
