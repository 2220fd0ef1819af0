import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runContender } from './engine/contender.ts';
import { startServerProcess } from './server-process.ts';
import { printTable } from './table.ts';

const few = 20_000;
const many = 100_000;
const million = 1_000_000;
const concurrency = 32;
const budgetBytes = 500e6;

/** The memory of a run at most, for few cases and for many: what it holds at once must not depend on how many there are. `--million` takes as many. */
export async function benchMemory(options: ReadonlySet<string>): Promise<boolean> {
  const sizes = [few, options.has('--million') ? million : many];
  const peaks: number[] = [];
  const rows = [['cases', 'peak MB', 'database MB', 'ms a case']];
  for (const cases of sizes) {
    const server = await startServerProcess();
    const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
    try {
      const script = path.resolve(import.meta.dirname, 'engine/whetstone.ts');
      const task = { baseUrl: server.baseUrl, cases, concurrency };
      const { peakBytes, databaseBytes, wallMs } = await runContender(script, task, {
        arguments: ['--folder', folder],
      });
      peaks.push(peakBytes);
      const megabytes = (bytes: number | null) => ((bytes ?? 0) / 1e6).toFixed(0);
      rows.push([
        cases.toLocaleString('en'),
        megabytes(peakBytes),
        megabytes(databaseBytes),
        (wallMs / cases).toFixed(3),
      ]);
    } finally {
      server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  console.log(`\nThe memory of a run, its set's import included: ${concurrency} at a time, no server delay`);
  printTable(rows);
  if (!options.has('--million'))
    console.log(`Left out: ${million.toLocaleString('en')} cases (--million measures them).`);
  return peaks.every((peak) => peak <= budgetBytes);
}
