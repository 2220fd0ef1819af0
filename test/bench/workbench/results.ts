import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { startWorkbenchProcess, type WorkbenchProcess } from '../server-process.ts';
import { median, printTable } from '../table.ts';
import { chartKinds } from './chart.ts';
import { CALLS, type Kind, requestKinds } from './request-kinds.ts';
import { type Seeded, seedWorkbench } from './seed.ts';

type Measured = Kind & { coldMs: number; ms: number[]; rowidMs: number };

const sizes = { cases: 100_000, runs: 1_000, casesOfEach: 1_000 };
const MEMORY_MB = 400;
const page = z.object({ results: z.array(z.object({ id: z.number() })) });

/** What pages ask of runs of 100,000 results, and of a project with 1,000 runs of 1,000 results: time at the interface, and the server's memory. */
export async function benchResults(): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  try {
    console.log(
      `\nRequests on two runs of ${sizes.cases} results and a project of ${sizes.runs} × ${sizes.casesOfEach}`,
    );
    const seeded = await seedWorkbench(folder, sizes);
    const server = await startWorkbenchProcess(folder);
    try {
      return await benchRequests(server, path.join(folder, 'whetstone.db'), seeded);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks for each kind and prints a table; whether every call but the cold first of each kind was within its budget. */
export async function benchRequests(server: WorkbenchProcess, file: string, seeded: Seeded): Promise<boolean> {
  const sqlite = new Sqlite(file, { readonly: true });
  const measured: Measured[] = [];
  try {
    const kinds = [...requestKinds(seeded, deepResults(sqlite, seeded)), ...chartKinds(seeded)];
    for (const kind of kinds) measured.push(await measure(server, sqlite, kind));
  } finally {
    sqlite.close();
  }
  printTable([
    ['ms', 'first', 'median', 'worst', 'budget', 'by rowid', 'ratio'],
    ...measured.map(({ name, coldMs, ms, budgetMs, rowidMs }) => [
      name,
      ...[coldMs, median(ms), Math.max(...ms)].map((value) => value.toFixed(1)),
      `≤ ${budgetMs}${isMissed({ ms, budgetMs }) ? ' missed' : ''}`,
      rowidMs.toFixed(2),
      (median(ms) / rowidMs).toFixed(0),
    ]),
  ]);
  const peak = await server.peakBytes();
  const peakMb = (peak ?? 0) / 1e6;
  const memory = peak === null ? 'not measured: this system does not say it' : `${peakMb.toFixed(0)} MB`;
  console.log(`memory of the server at most: ${memory} (budget ≤ ${MEMORY_MB})`);
  return !measured.some(isMissed) && peakMb <= MEMORY_MB;
}

const isMissed = ({ ms, budgetMs }: Pick<Measured, 'ms' | 'budgetMs'>): boolean => Math.max(...ms) > budgetMs;

async function measure(server: WorkbenchProcess, sqlite: Sqlite.Database, kind: Kind): Promise<Measured> {
  const times: number[] = [];
  let ids: number[] = [];
  for (const address of kind.addresses) {
    const startedAt = performance.now();
    const response = await fetch(server.url + address);
    const text = await response.text();
    times.push(performance.now() - startedAt);
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text}`);
    const found = page.safeParse(JSON.parse(text));
    if (found.success && found.data.results.length > 0) ids = found.data.results.map(({ id }) => id);
  }
  const [coldMs = Number.NaN, ...ms] = times;
  return { ...kind, coldMs, ms, rowidMs: timeByRowid(sqlite, ids) };
}

/** The same rows by SQLite alone; those of a page where an answer has no rows. */
function timeByRowid(sqlite: Sqlite.Database, ids: readonly number[]): number {
  const statement = sqlite.prepare(
    `select * from result cross join evalCase on evalCase.id = result.caseId
      left join judgement on judgement.scoringId = (select scoringId from countedScoring where runId = result.runId order by id desc limit 1) and judgement.resultId = result.id
      where result.id = ?`,
  );
  const rows = ids.length > 0 ? ids : Array.from({ length: 100 }, (_, index) => index + 1);
  const times = Array.from({ length: CALLS }, () => {
    const startedAt = performance.now();
    for (const id of rows) statement.get(id);
    return performance.now() - startedAt;
  });
  return median(times);
}

/** Results that are far down the list. */
const deepResults = (sqlite: Sqlite.Database, { long }: Seeded): number[] =>
  z.array(z.number()).parse(
    sqlite
      .prepare(
        `select resultId from judgement where scoringId = (select scoringId from countedScoring where runId = ? order by id desc limit 1) and outcome = 'passed'
          order by resultId desc limit ? offset 1000`,
      )
      .pluck()
      .all(long, CALLS + 1),
  );
