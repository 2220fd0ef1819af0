import { sql } from 'kysely';
import type { ModelSpeed } from '../domain/model-facts.ts';
import type { Database } from './database.ts';

/** So many of the newest calls say how fast a model is now, and are read in no time however many were made. */
const newest = 1000;

/**
 * How fast each model that ever ran has answered, by its newest calls. Answers from the cache or a batch, errors and calls that had to be repeated are left out:
 * their time is not the model's.
 */
export async function modelSpeeds(database: Database): Promise<Map<string, ModelSpeed>> {
  // The cross join keeps SQLite from reading all results first: each model's calls are looked up in the index `resultAnswered`.
  const { rows } = await sql<ModelSpeed & { model: string }>`
    with model as (select distinct model as name from run),
    answered as (
      select model.name, result.latencyMs, result.outputTokens,
        row_number() over (partition by model.name order by result.latencyMs) as place,
        count(*) over (partition by model.name) as calls
      from model cross join result
      where result.id in (
        select answer.id from run join result as answer on answer.runId = run.id
        where run.model = model.name and answer.fromCache = 0 and answer.errorCode is null and answer.calls = 1 and answer.latencyMs > 0
        order by run.id desc limit ${newest}
      )
    )
    select name as model, calls, max(latencyMs) filter (where place = (calls + 1) / 2) as latencyP50Ms,
      1000.0 * sum(outputTokens) / sum(latencyMs) as outputTokensPerSecond
    from answered group by name having sum(latencyMs) > 0`.execute(database);
  return new Map(rows.map(({ model, ...speed }) => [model, speed]));
}
