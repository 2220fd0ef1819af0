import type { Selectable } from 'kysely';
import type { CasePrediction, TrainedBaseline } from '../domain/baseline/trained-baseline.ts';
import type { EvalSetVersionId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

/** One a set version and method, only ever added: a newer method stands beside what an older one found. */
export class TrainedBaselineStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps it, unless another process was faster; gives what is kept. */
  async add(baseline: Omit<TrainedBaseline, 'createdAt'>): Promise<TrainedBaseline> {
    const { predictions, holdoutPredictions, ...about } = baseline;
    await this.#database
      .insertInto('trainedBaseline')
      .values({
        ...about,
        predictions: toJson(predictions),
        holdoutPredictions: toJson(holdoutPredictions),
        createdAt: now(),
      })
      .onConflict((on) => on.doNothing())
      .execute();
    return baselineOf(await this.#of(about.evalSetVersionId, about.method).executeTakeFirstOrThrow());
  }

  async find(version: EvalSetVersionId, method: string): Promise<TrainedBaseline | null> {
    const row = await this.#of(version, method).executeTakeFirst();
    return row === undefined ? null : baselineOf(row);
  }

  #of(version: EvalSetVersionId, method: string) {
    return this.#database
      .selectFrom('trainedBaseline')
      .selectAll()
      .where('evalSetVersionId', '=', version)
      .where('method', '=', method);
  }
}

const baselineOf = ({ id: _, ...row }: Selectable<Tables['trainedBaseline']>): TrainedBaseline => ({
  ...row,
  predictions: fromJson<CasePrediction[]>(row.predictions),
  holdoutPredictions: fromJson<CasePrediction[]>(row.holdoutPredictions),
});
