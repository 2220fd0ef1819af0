import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { unavailable } from '../domain/errors.ts';
import type { Database } from './database.ts';

/** What this connection removes or replaces from now on is overwritten with zeros in the file (sqlite.org/pragma.html#pragma_secure_delete). */
export async function wipeWhatGoes(database: Database): Promise<void> {
  await sql`pragma secure_delete = on`.execute(database);
}

/**
 * Rewrites the file, so that no byte of what was removed or replaced earlier is left in it, and empties the write-ahead log. Nobody else can write meanwhile.
 * Throws `database_busy` where another process reads an old state of it all the time.
 */
export async function wipeFreed(database: Database): Promise<void> {
  await sql`vacuum`.execute(database);
  for (let tries = 0; tries < 40; tries += 1) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(database);
    if (rows[0]?.busy === 0) return;
    await setTimeout(250);
  }
  throw unavailable(
    'database_busy',
    'The texts are rewritten, but another process reads the database all the time, so that its log still holds what they were. End it, and do this again.',
  );
}
