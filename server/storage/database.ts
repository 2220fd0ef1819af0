import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { unavailable } from '../domain/errors.ts';
import { caseText } from '../domain/evaluation-set.ts';
import { inputLanguage } from '../domain/input-language.ts';
import { systemRefusal } from '../domain/system-refusal.ts';
import { fromJson } from './json-column.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';
import { WhetstoneSqliteDialect } from './sqlite-dialect.ts';
import { withStatementCache } from './statement-cache.ts';

export type Database = Kysely<Tables>;

export type OpenDatabase = {
  database: Database;
  /** Where the file was copied to before it was migrated; null when it was not. */
  backup: string | null;
};

/**
 * Opens `whetstone.db` in a folder, which is made when it is not there, and brings it to the newest schema; an older database is copied to
 * `backups/` first. Throws `database_unavailable`, `database_newer`, `database_migration_failed`.
 */
export async function openDatabase(
  folder: string,
  steps: Readonly<Record<string, Migration>> = migrations,
): Promise<OpenDatabase> {
  const { file, sqlite } = openFile(folder);
  const database = new Kysely<Tables>({
    dialect: new WhetstoneSqliteDialect({ database: withStatementCache(sqlite) }),
  });
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...steps }) },
    // Of two that were written side by side the later number may have come first: each stands for itself.
    allowUnorderedMigrations: true,
  });
  const known = await migrator.getMigrations();
  const pending = known.some((migration) => migration.executedAt === undefined);
  const used = known.some((migration) => migration.executedAt !== undefined);
  if (used) await refuseNewer(database, file, Object.keys(steps));
  const backup = pending && used ? await backUp(sqlite, folder) : null;
  if (pending) {
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) {
      await database.destroy();
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'a migration';
      throw unavailable(
        'database_migration_failed',
        `${file} could not be brought to this version's schema (${failed}).${backup === null ? '' : ` It was copied to ${backup} before, and nothing is lost: start the version that you used until now, and report this.`}`,
        { cause: error },
      );
    }
  }
  return { database, backup };
}

async function refuseNewer(database: Database, file: string, known: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database);
  const newer = rows.find(({ name }) => !known.includes(name));
  if (newer === undefined) return;
  await database.destroy();
  throw unavailable(
    'database_newer',
    `${file} was written by a newer version of this program (${newer.name}). Start that version, or name another folder with --data DIR.`,
  );
}

function openFile(folder: string) {
  const file = path.join(folder, 'whetstone.db');
  try {
    mkdirSync(folder, { recursive: true });
    const sqlite = new Sqlite(file, { timeout: 10_000 });
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    // In KiB. A thread that writes much needs no more of what it wrote, and the 16 MB that there are otherwise are the program's.
    if (!isMainThread) sqlite.pragma('cache_size = -4000');
    // SQLite's own knows ASCII only.
    sqlite.function('lower', { deterministic: true }, (text: unknown) =>
      text === null ? null : String(text).toLowerCase(),
    );
    sqlite.function('inputLanguage', { deterministic: true }, (variables: unknown) =>
      inputLanguage(caseText(fromJson(String(variables)))),
    );
    // Longer waits are made by the driver.
    sqlite.pragma('busy_timeout = 100');
    return { file, sqlite };
  } catch (cause) {
    throw unavailable(
      'database_unavailable',
      `${file} can't be opened: ${systemRefusal(cause)}. Check that the folder can be written, the disk is not full and the file is a database of Whetstone, or name another folder with --data DIR.`,
      { cause },
    );
  }
}

async function backUp(sqlite: Sqlite.Database, folder: string): Promise<string> {
  const backups = path.join(folder, 'backups');
  mkdirSync(backups, { recursive: true });
  const file = path.join(backups, `whetstone-${new Date().toISOString().replace(/[:.]/g, '-')}.db`);
  await sqlite.backup(file);
  return file;
}
