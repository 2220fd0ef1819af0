import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { createStores } from '../../../server/storage/stores.ts';
import { startWorkbenchProcess } from '../server-process.ts';
import { printTable } from '../table.ts';
import { reviewCsv } from './review-rows.ts';

const ROWS = 100_000;
const budget = { seconds: 5, megabytes: 300, stallMs: 50 };
const uploaded = z.object({ upload: z.string() });
const imported = z.object({ added: z.number(), repeated: z.number() });

/** A CSV file of 100,000 rows, sent and imported, against its bare parsing and inserting: time, the server's memory, and how long others wait meanwhile. */
export async function benchImport(): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  try {
    const csv = Buffer.from(reviewCsv(ROWS, seededRandom(20_261_124)));
    console.log(`\nImporting ${ROWS} rows of CSV (${(csv.length / 1e6).toFixed(1)} MB)`);
    const bareMs = timed(() => parseAndInsert(csv, path.join(folder, 'bare.db')));
    const { importMs, stallMs, peak } = await measureServer(csv, path.join(folder, 'data'));
    const megabytes = peak === null ? null : peak / 1e6;
    printTable([
      ['', 'measured', 'budget'],
      ['sent and imported, s', (importMs / 1000).toFixed(1), `≤ ${budget.seconds}`],
      ['csv-parse and better-sqlite3 alone, s', (bareMs / 1000).toFixed(1)],
      ['ratio', (importMs / bareMs).toFixed(1)],
      ['memory of the server at most, MB', megabytes?.toFixed(0) ?? 'not said here', `≤ ${budget.megabytes}`],
      ['longest wait for another request, ms', stallMs.toFixed(0), `≤ ${budget.stallMs}`],
    ]);
    return importMs <= budget.seconds * 1000 && (megabytes ?? 0) <= budget.megabytes && stallMs <= budget.stallMs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureServer(csv: Buffer<ArrayBuffer>, folder: string) {
  const { database } = await openDatabase(folder);
  // A server that finds no project opens the sample, which is not measured here.
  await createStores(database).projects.create('Bench');
  await database.destroy();
  const server = await startWorkbenchProcess(folder);
  try {
    const polling = new AbortController();
    const waits = longestWait(`${server.url}/api/about`, polling.signal);
    await sleep(500);
    const startedAt = performance.now();
    const sets = `${server.url}/api/projects/bench/sets`;
    const sent = await post(`${sets}/upload?fileName=reviews.csv`, 'application/octet-stream', csv);
    const { upload } = uploaded.parse(sent);
    const body = JSON.stringify({ upload, set: 'Reviews' });
    const { added } = imported.parse(await post(`${sets}/import-upload`, 'application/json', body));
    const importMs = performance.now() - startedAt;
    polling.abort();
    if (added < ROWS * 0.9) throw new Error(`only ${added} rows were imported`);
    return { importMs, stallMs: await waits, peak: await server.peakBytes() };
  } finally {
    await server.stop();
  }
}

async function post(address: string, type: string, body: BodyInit): Promise<unknown> {
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': type }, body });
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

async function longestWait(address: string, signal: AbortSignal): Promise<number> {
  let longest = 0;
  // The first ones open the connection and load what answers them.
  for (let asked = 0; !signal.aborted; asked++) {
    const startedAt = performance.now();
    await (await fetch(address)).arrayBuffer();
    if (asked > 10) longest = Math.max(longest, performance.now() - startedAt);
    await sleep(2);
  }
  return longest;
}

function parseAndInsert(csv: Buffer, file: string): void {
  const sqlite = new Sqlite(file);
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.exec('create table item (id integer primary key, review text, label text, tags text) strict');
    const insert = sqlite.prepare('insert into item (review, label, tags) values (?, ?, ?)');
    const rows: string[][] = parse(csv, { from_line: 2 });
    sqlite.transaction(() => {
      for (const row of rows) insert.run(...row);
    })();
  } finally {
    sqlite.close();
  }
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
