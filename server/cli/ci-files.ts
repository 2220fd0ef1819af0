import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { junitReport, markdownReport } from '../services/evaluate/ci-reports.ts';
import type { RunComparison } from '../services/evaluate/compare-runs.ts';
import type { RunOverview } from '../services/evaluate/run-overview.ts';
import type { Workbench } from '../services/workbench.ts';
import { note } from './output.ts';
import { checkWritable, unwritable } from './write-text-file.ts';

/** Files of a run for who reads builds. */
export type CiFiles = { junit?: string; markdown?: string };

export const addCiFileOptions = (command: Command): Command =>
  command
    .option('--junit <file>', 'write the run as JUnit XML: wrong answers are failures, calls without a reply errors')
    .option('--markdown <file>', 'write a summary for a pull request: rate, verdict, what failed first');

/** Before a run is made for them. Throws `file_unwritable`. */
export async function checkCiFiles({ junit, markdown }: CiFiles): Promise<void> {
  for (const file of [junit, markdown]) if (file !== undefined) await checkWritable(file);
}

/** Writes those that are asked for. Throws `file_unwritable`. */
export async function writeCiFiles(
  workbench: Workbench,
  run: RunOverview,
  { junit, markdown }: CiFiles,
  about: { compared: RunComparison | null; failUnder: number | null },
): Promise<void> {
  if (junit !== undefined) await write(junit, junitReport(workbench, run));
  if (markdown !== undefined) await write(markdown, [await markdownReport(workbench, run, about)]);
}

async function write(file: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(file)).catch((cause: unknown) => {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw unwritable(file, cause);
  });
  note(`Wrote ${file}.`);
}
