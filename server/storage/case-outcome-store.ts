import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { ResultId, RunId } from '../domain/ids.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { CaseOutcome } from '../domain/run-alignment.ts';
import type { Outcome } from '../domain/scorer.ts';
import type { RepeatOutcome } from '../domain/statistics/comparison.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';

/** Rows that are read at a time: others get their turn in between, however long the run is. */
const CHUNK = 4_000;

type Row = {
  caseId: number;
  repeat: number;
  key: string;
  id: number;
  outcome: Outcome | null;
  /** Null where it was not read, too. */
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
    for await (const rows of this.#chunks(run, split)) {
      for (const row of rows) outcomes.set(row.key, withRepeat(outcomes.get(row.key), row));
    }
    return outcomes;
  }

  /** By the cases' ids a number that is the same where all that was said, and what became of it, is the same. */
  async answerDigests(run: RunId, split: SplitChoice): Promise<Map<string, number>> {
    const digests = new Map<string, number>();
    for await (const rows of this.#chunks(run, split, sql`result.output`)) {
      for (const { key, outcome, output } of rows) {
        digests.set(key, digestOf(`${outcome ?? 'error'} ${output ?? ''}`, digests.get(key) ?? 0));
      }
    }
    return digests;
  }

  /** Changes whenever a result or a scoring was added to a run: what was read of it before is then out of date. */
  async mark(run: RunId): Promise<string> {
    const { rows } = await sql<{ mark: string }>`
      select ${countedScoring(run)} || '.' || coalesce((select max(id) from result where runId = ${run}), 0) as mark`.execute(
      this.#database,
    );
    return rows[0]?.mark ?? '';
  }

  /** In chunks, between which others get their turn. Without their outputs, which are most of a run, rows are read twice as fast. */
  async *#chunks(run: RunId, split: SplitChoice, output: RawBuilder<unknown> = sql`null`): AsyncGenerator<Row[]> {
    const ofSplit = split === 'all' ? sql`` : sql`and evalCase.split = ${split}`;
    let at = { caseId: 0, repeat: -1 };
    for (;;) {
      const { rows } = await sql<Row>`
        select result.caseId, result.repeat, evalCase.key, result.id, judgement.outcome, ${output} as output
        from result join evalCase on evalCase.id = result.caseId
        left join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
        where result.runId = ${run} and result.last = 1 and (result.caseId, result.repeat) > (${at.caseId}, ${at.repeat}) ${ofSplit}
        order by result.caseId, result.repeat limit ${CHUNK}`.execute(this.#database);
      yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < CHUNK) return;
      at = last;
      await nextTurn();
    }
  }
}

/** Shared by all cases that have one repeat. */
const single: Record<RepeatOutcome, readonly RepeatOutcome[]> = {
  passed: ['passed'],
  failed: ['failed'],
  error: ['error'],
};

function withRepeat(before: CaseOutcome | undefined, { key, id, ...row }: Row): CaseOutcome {
  const outcome = row.outcome ?? 'error';
  const repeat = outcome === 'no_answer' ? 'failed' : outcome;
  if (before === undefined) {
    return { key, resultId: id as ResultId, outcome, repeats: single[repeat] };
  }
  const decides = before.outcome === 'passed' && outcome !== 'passed';
  return {
    ...before,
    ...(decides ? { resultId: id as ResultId, outcome } : {}),
    repeats: [...before.repeats, repeat],
  };
}

/**
 * A number of 53 bits that other texts, or the same after another one, do not have: cyrb53, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js.
 * Nobody gains by two outputs that have the same, and a cryptographic hash takes ten times as long.
 */
function digestOf(text: string, before: number): number {
  let low = 0xdeadbeef ^ before;
  let high = 0x41c6ce57 ^ (before / 2 ** 32);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2_654_435_761);
    high = Math.imul(high ^ code, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return 2 ** 32 * (high & 0x1f_ffff) + (low >>> 0);
}
