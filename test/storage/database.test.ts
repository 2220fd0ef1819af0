import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../server/domain/ids.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import * as initial from '../../server/storage/migrations/001-initial.ts';
import { migrations } from '../../server/storage/migrations/index.ts';
import { createStores } from '../../server/storage/stores.ts';
import { seed, seedSet } from '../contracts/store-seed.ts';

let folder: string;
const opened: Database[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-database-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.destroy()));
  await rm(folder, { recursive: true });
});

async function open(steps: Readonly<Record<string, Migration>> = migrations, at = folder) {
  const { database, backup } = await openDatabase(at, steps);
  opened.push(database);
  return { database, backup, stores: createStores(database) };
}

/** A database as the first version of this program left it, with rows. */
async function openFirst() {
  const first = await open({ '001-initial': initial });
  const seeded = await seedSet(first.stores, []);
  const run = { id: 1 as RunId };
  // As that version wrote it: the stores of cases, runs and results of today know more columns.
  await sql`insert into evalCase (evalSetId, key, variables, expected, label, tags, source, split, position, addedIn)
    values (${seeded.set.id}, 'c1', '{"review":"味道很好"}', '"positive"', 'positive', '[]', 'import', 'dev', 1, 1)`.execute(
    first.database,
  );
  await sql`insert into run (id, projectId, promptVersionId, evalSetVersionId, model, standIn, parameters, settings, status, statusReason, total, note, codeVersion,
    wallMs, createdAt) values (${run.id}, ${seeded.project.id}, ${seeded.version.id}, ${seeded.setVersion.id}, 'openai/test-model', 0, '{}', '{}', 'queued', '', 3, '',
    '0.0.0', 0, '2026-11-20T10:00:00Z')`.execute(first.database);
  await sql`insert into scoring (runId, number, scorers, createdAt) values (${run.id}, 1, '[]', '2026-11-20T10:00:00Z')`.execute(
    first.database,
  );
  await sql`insert into result (runId, caseId, repeat, attempt, last, output, finishReason, inputTokens, outputTokens, cachedInputTokens, latencyMs, calls,
    fromCache, notes, createdAt) values (${run.id}, 1, 0, 1, 1, 'positive', 'stop', 10, 2, 0, 100, 1, 0, '[]', '2026-11-20T10:00:00Z')`.execute(
    first.database,
  );
  await sql`insert into judgement select scoring.id, result.id, 'passed', 1, '[]' from scoring, result`.execute(
    first.database,
  );
  await first.database.destroy();
  return { ...seeded, run };
}

const addColumn: Migration = {
  async up(database) {
    await sql`alter table project add column colour text not null default 'grey'`.execute(database);
    await sql`update project set colour = 'blue'`.execute(database);
  },
};
const breaks: Migration = {
  async up(database) {
    await sql`alter table project add column colour text`.execute(database);
    await sql`update project set name = 'half done'`.execute(database);
    await sql`update nothing set x = 1`.execute(database);
  },
};

describe('openDatabase', () => {
  it('makes the folder and the newest schema, with nothing to back up', async () => {
    const deep = path.join(folder, 'a', 'b');
    const { stores, backup } = await open(migrations, deep);
    expect(backup).toBeNull();
    expect(await stores.projects.list()).toEqual([]);
    expect(await readdir(deep)).not.toContain('backups');
  });

  it('opens again what it made, without another backup', async () => {
    const first = await open();
    await seed(first.stores);
    await first.database.destroy();
    const { backup, stores } = await open();
    expect(backup).toBeNull();
    expect(await stores.projects.list()).toMatchObject([{ name: 'Reviews' }]);
  });

  it('brings a database of the first schema, with rows, to a newer one, and backs it up before', async () => {
    const { run } = await openFirst();
    const { database, stores, backup } = await open({ ...migrations, '999-colour': addColumn });
    const { rows } = await sql<{ name: string; colour: string }>`select name, colour from project`.execute(database);
    expect(rows).toEqual([{ name: 'Reviews', colour: 'blue' }]);
    expect(await stores.runs.summary(run.id)).toMatchObject({ passed: 1, done: 1 });
    expect(await stores.results.find(run.id, { language: 'zh', limit: 9 })).toHaveLength(1);
    if (backup === null) throw new Error('there is no backup');
    expect(path.dirname(backup)).toBe(path.join(folder, 'backups'));
    const copy = new Sqlite(backup, { readonly: true });
    expect(copy.prepare('select name from project').all()).toEqual([{ name: 'Reviews' }]);
    expect(copy.prepare("select name from pragma_table_info('project')").pluck().all()).not.toContain('colour');
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
  });

  it('opens a database that has a later migration and not yet one before it', async () => {
    const { '031-changed-rules': _, ...without } = migrations;
    await open(without);
    const { database, backup } = await open();
    expect(backup).not.toBeNull();
    expect((await sql`select count(*) as n from alertRuleChange`.execute(database)).rows).toEqual([{ n: 0 }]);
  });

  it('leaves the database as it was where a migration fails, and names the backup', async () => {
    const { run } = await openFirst();
    const failing = open({ ...migrations, '998-fine': addColumn, '999-broken': breaks });
    await expect(failing).rejects.toMatchObject({ code: 'database_migration_failed', kind: 'unavailable' });
    const error = await failing.catch((reason: unknown) => reason);
    if (!(error instanceof Error)) throw new Error('an error was expected');
    expect(error.message).toContain('999-broken');
    expect(error.cause).toBeInstanceOf(Error);
    const [backup] = await readdir(path.join(folder, 'backups'));
    if (backup === undefined) throw new Error('there is no backup');
    expect(error.message).toContain(path.join(folder, 'backups', backup));

    const before = await open();
    expect(await before.stores.projects.list()).toMatchObject([{ name: 'Reviews' }]);
    const restored = path.join(folder, 'restored');
    await cp(path.join(folder, 'backups', backup), path.join(restored, 'whetstone.db'), { recursive: true });
    const { stores } = await open(migrations, restored);
    expect(await stores.runs.summary(run.id)).toMatchObject({ passed: 1, done: 1 });
    expect(await stores.projects.create('Written after')).toMatchObject({ slug: 'written-after' });
  });

  it('does not touch what a newer version of the program wrote', async () => {
    const newer = await open({ ...migrations, '999-colour': addColumn });
    await newer.database.destroy();
    await expect(open()).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('999-colour'),
    });
  });

  it('says what to do where the file can not be opened', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(open(migrations, file)).rejects.toThrow(/file.* can't be opened.*--data DIR/);
    await writeFile(path.join(folder, 'whetstone.db'), 'this is no database'.repeat(100));
    await expect(open()).rejects.toMatchObject({
      code: 'database_unavailable',
      cause: expect.any(Error),
      message: expect.stringContaining('it is no database'),
    });
  });

  it('says why a transaction failed that SQLite took back by itself, as it does on a full disk', async () => {
    const { database } = await open();
    const failing = database.transaction().execute(async (transaction) => {
      await sql`rollback`.execute(transaction);
      throw new Error('database or disk is full');
    });
    await expect(failing).rejects.toThrow('database or disk is full');
    await database.destroy();
  });

  it('is opened and written by several processes at once, none of which loses to another', async () => {
    const script = path.join(import.meta.dirname, 'save-versions.ts');
    const processes = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, [script, folder, '50']));
    const outputs = await Promise.all(processes);
    expect(outputs.map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
    const { database } = await open();
    const { rows } = await sql<{ prompts: number; versions: number; newest: number }>`
      select count(distinct promptId) as prompts, count(*) as versions, max(number) as newest from promptVersion`.execute(
      database,
    );
    expect(rows).toEqual([{ prompts: 1, versions: 200, newest: 200 }]);
  });

  it('waits for a long write of another process, while this one goes on with what needs no writing', async () => {
    const [{ stores }, other] = [await open(), await open()];
    const written = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const long = other.database.transaction().execute(async (transaction) => {
      await createStores(transaction).projects.create('Long');
      begun.resolve();
      await written.promise;
    });
    await begun.promise;
    let isStored = false;
    const waiting = stores.projects.create('Waiting').then(() => {
      isStored = true;
    });
    // Were the thread held up, nothing of this would come about before the other gave up.
    for (let turn = 0; turn < 5; turn += 1) await setTimeout(30);
    expect(isStored).toBe(false);
    written.resolve();
    await Promise.all([long, waiting]);
    expect((await stores.projects.list()).map(({ name }) => name)).toEqual(expect.arrayContaining(['Long', 'Waiting']));
  });
});
