import { setTimeout } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { errorMessage, hasErrorCode } from '../domain/errors.ts';

/** Kysely's SQLite for a database that several processes write, and whose migrations happen as a whole or not at all. */
export class WhetstoneSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/**
 * Takes the write lock when a transaction begins: SQLite refuses at once, without waiting, to let a transaction write that has read before another
 * process wrote. https://www.sqlite.org/isolation.html
 */
class ImmediateDriver extends SqliteDriver {
  #patient: DatabaseConnection | null = null;

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#patient ??= patient(await super.acquireConnection());
    return this.#patient;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** On a full disk SQLite has rolled back by itself; to fail here would hide why. https://www.sqlite.org/lang_transaction.html */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
      if (!errorMessage(error).includes('no transaction is active')) throw error;
    });
  }
}

/** Longest wait for what another process writes; the file of a large database is written anew in minutes. */
const longestWaitMs = 600_000;
const pauseMs = 20;

/** Waits until another process has written without holding up this one: SQLite's own way of waiting would stop every other answer. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  const again = async <Row>(query: CompiledQuery, refused: unknown): Promise<QueryResult<Row>> => {
    let error = refused;
    for (const until = Date.now() + longestWaitMs; isBusy(error) && Date.now() <= until; ) {
      await setTimeout(pauseMs);
      try {
        return await connection.executeQuery<Row>(query);
      } catch (next) {
        error = next;
      }
    }
    throw error;
  };
  return {
    // Nothing more than a handler where nothing is wrong: a run stores thousands of results a second.
    executeQuery: <Row>(query: CompiledQuery) =>
      connection.executeQuery<Row>(query).catch((error: unknown) => again<Row>(query, error)),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  };
}

const isBusy = (error: unknown): boolean => hasErrorCode(error, 'SQLITE_BUSY');

/** SQLite can change tables within a transaction, which Kysely does not use by itself. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
