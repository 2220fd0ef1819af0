import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { ResultId, RunId } from '../domain/ids.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { CaseOutcome, CaseTable } from '../domain/run-alignment.ts';
import type { Outcome } from '../domain/scorer.ts';
import type { RepeatOutcome } from '../domain/statistics/comparison.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { toJson } from './json-column.ts';

/** Rows that are read at a time: others get their turn in between, however long the run is. */
const CHUNK = 4_000;

type Row = { caseId: number; repeat: number; id: ResultId; outcome: Outcome | null };
/** What became of each case of a run, without what was said: enough to pair runs of any length. */
export class CaseOutcomeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By the cases' keys. */
  async ofRun(run: RunId, split: SplitChoice): Promise<Map<string, CaseOutcome>> {
    const { runs } = await this.ofRuns([run], split);
    return new Map(runs[0]?.flatMap((outcome) => (outcome === undefined ? [] : [[outcome.key, outcome]])));
  }

  /** Of several runs, case by case. What runs over the same cases have in common is read once. */
  async ofRuns(runs: readonly RunId[], split: SplitChoice): Promise<CaseTable> {
    const places = new CasePlaces();
    const all: CaseOutcome[][] = [];
    for (const [index, run] of runs.entries()) {
      const outcomes: CaseOutcome[] = [];
      all.push(outcomes);
      for await (const rows of this.#chunks(run)) {
        await this.#findPlaces(places, rows, split, index === 0);
        for (const row of rows) {
          const at = places.of(row.caseId);
          if (at === null) continue;
          outcomes[at] = withRepeat(outcomes[at], places.keys[at] ?? '', row);
        }
      }
    }
    return { keys: places.keys, runs: all };
  }

  /** By the cases' keys a number that is the same where all that was said, and what became of it, is the same. */
  async answerDigests(run: RunId, split: SplitChoice): Promise<Map<string, number>> {
    const digests = new Map<string, number>();
    const places = new CasePlaces();
    for await (const rows of this.#chunks<Row & { output: string | null }>(run, sql`, result.output`)) {
      await this.#findPlaces(places, rows, split, true);
      for (const { caseId, outcome, output } of rows) {
        const key = places.keys[places.of(caseId) ?? -1];
        if (key === undefined) continue;
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

  /** Of those that have none yet; in a first run each has a key of its own. */
  async #findPlaces(places: CasePlaces, of: readonly Row[], split: SplitChoice, first: boolean): Promise<void> {
    const unknown: number[] = [];
    for (const { caseId } of of) if (!places.knows(caseId)) unknown.push(caseId);
    if (unknown.length === 0) return;
    const ofSplit = split === 'all' ? sql`key` : sql`case when split = ${split} then key end`;
    const { rows } = await sql<{ id: number; key: string | null }>`
      select id, ${ofSplit} as key from evalCase where id in (select value from json_each(${toJson(unknown)}))`.execute(
      this.#database,
    );
    for (const { id, key } of rows) places.add(id, key, first);
  }

  /** In chunks, between which others get their turn. Without `more`, indexes alone answer it: nothing of what was said, which is most of a run, is read. */
  async *#chunks<Found extends Row>(run: RunId, more: RawBuilder<unknown> = sql``): AsyncGenerator<Found[]> {
    let at = { caseId: 0, repeat: -1 };
    for (;;) {
      const { rows } = await sql<Found>`
        select result.caseId, result.repeat, result.id, judgement.outcome ${more}
        from result left join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
        where result.runId = ${run} and result.last = 1 and (result.caseId, result.repeat) > (${at.caseId}, ${at.repeat})
        order by result.caseId, result.repeat limit ${CHUNK}`.execute(this.#database);
      yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < CHUNK) return;
      at = last;
      await nextTurn();
    }
  }
}

/** Where the cases of several runs stand in a table. A case that a version of its set changed has another id and the same key. */
class CasePlaces {
  readonly keys: string[] = [];
  readonly #byId = new Map<number, number | null>();
  /** Not made for runs over the same cases, which are most that are compared. */
  #byKey: Map<string, number> | null = null;

  knows(id: number): boolean {
    return this.#byId.has(id);
  }

  /** Null where it is not wanted. */
  of(id: number): number | null {
    return this.#byId.get(id) ?? null;
  }

  /** A key of `null` is not wanted. `isNew`: no case before it has this key. */
  add(id: number, key: string | null, isNew: boolean): void {
    this.#byId.set(id, key === null ? null : isNew ? this.keys.push(key) - 1 : this.#placeOf(key));
  }

  #placeOf(key: string): number {
    this.#byKey ??= new Map(this.keys.map((known, place) => [known, place]));
    const place = this.#byKey.get(key) ?? this.keys.push(key) - 1;
    this.#byKey.set(key, place);
    return place;
  }
}

/** Shared by all cases that have one repeat. */
const single: Record<RepeatOutcome, readonly RepeatOutcome[]> = {
  passed: ['passed'],
  failed: ['failed'],
  error: ['error'],
};

function withRepeat(before: CaseOutcome | undefined, key: string, row: Row): CaseOutcome {
  const outcome = row.outcome ?? 'error';
  const repeat = outcome === 'no_answer' ? 'failed' : outcome;
  if (before === undefined) {
    return { key, resultId: row.id, outcome, repeats: single[repeat] };
  }
  const decides = before.outcome === 'passed' && outcome !== 'passed';
  return {
    ...before,
    ...(decides ? { resultId: row.id, outcome } : {}),
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
