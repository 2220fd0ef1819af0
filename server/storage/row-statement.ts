import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/**
 * A statement for one row after another, which is compiled with the first: Kysely takes longer to compile it than SQLite to execute it. Each row has
 * every column that it takes, in the order in which they stand in it.
 */
export function rowStatement<Row extends object, Output>(
  write: (database: Database, row: Row) => Compilable<Output>,
): (database: Database, row: Row) => Promise<Output[]> {
  let compiled: CompiledQuery<Output> | null = null;
  return async (database, row) => {
    compiled ??= write(database, row).compile();
    return (await database.executeQuery<Output>({ ...compiled, parameters: Object.values(row) })).rows;
  };
}
