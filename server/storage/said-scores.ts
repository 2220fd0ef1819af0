import { type RawBuilder, sql } from 'kysely';
import type { RunId } from '../domain/ids.ts';
import type { Said } from '../domain/metric-tally.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson } from './json-column.ts';
import { remembered } from './remembered.ts';

type Facts = [scorer: string | null, passed: boolean, value: number | null, failure: unknown, own: string | null];

const NOTHING: readonly Said[] = [];

/** What scorers said of results, without their words, which are most of `judgement.scores`. */
export class SaidScores {
  /** To be read by `of`; null where a result was not judged. */
  readonly column: RawBuilder<string | null>;
  readonly #read = remembered(saidIn);

  private constructor(places: number) {
    const at = (place: number) =>
      sql`json_extract(judgement.scores, ${sql.join(['scorer', 'passed', 'value', 'failure', 'own'].map((key) => sql.lit(`$[${place}].${key}`)))})`;
    this.column = sql`concat_ws(',', ${sql.join(Array.from({ length: places }, (_, place) => at(place)))})`;
  }

  /** For the scoring of a run that counts: a case has a score for each of its scorers, and one more for others of its own. */
  static async ofRun(database: Database, run: RunId): Promise<SaidScores> {
    const { rows } = await sql<{ scorers: number | null }>`
      select json_array_length(scorers) as scorers from scoring where id = ${countedScoring(run)}`.execute(database);
    return new SaidScores((rows[0]?.scorers ?? 0) + 1);
  }

  of(text: string | null): readonly Said[] {
    return text === null ? NOTHING : this.#read(text);
  }
}

const saidIn = (text: string): readonly Said[] =>
  fromJson<Facts[]>(`[${text}]`).flatMap(([scorer, passed, value, failure, own]) =>
    scorer === null ? [] : [{ scorer, passed, value, failed: failure !== null, asTyped: own === null }],
  );
