import type Sqlite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Statements that are kept; those of a run, of a page and of an import are fewer. */
const mostKept = 200;
/** Longer ones hold a list of values whose length differs each time. */
const longestKept = 8_000;

/** A database that compiles an equal statement once: SQLite takes about as long to compile a short one as to execute it. */
export function withStatementCache(database: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) {
        kept.delete(sql);
        kept.set(sql, known);
        return known;
      }
      const statement = database.prepare(sql) as SqliteStatement;
      if (sql.length > longestKept) return statement;
      kept.set(sql, statement);
      const oldest = kept.keys().next();
      if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value);
      return statement;
    },
  };
}
