import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What a contender is to do: ask the server for every case, `concurrency` at a time. */
export type Task = { baseUrl: string; cases: number; concurrency: number };

const measured = z.object({
  /** From the first case until all are answered, judged and stored. */
  wallMs: z.number(),
  /** Its own CPU time meanwhile, which hardly depends on what else the machine does; null where more than one process works. */
  cpuMs: z.number().nullable(),
  peakBytes: z.number(),
  /** Null where it stores nothing. */
  databaseBytes: z.number().nullable(),
});
export type Measured = z.infer<typeof measured>;

/** For what has no limit of its own, such as a million cases. */
const longestMs = 6 * 3_600_000;

/** Cases that each contender asks for first, so that what is measured is not how its code is compiled. */
export const warmUpCases = 200;

export const apiKey = 'sk-bench';
export const question = 'Is this review positive or negative? Answer with one word.';
/** Differs with each round, so that nothing is answered from a cache. */
export const reviewOf = (round: string, index: number): string =>
  `The soup of day ${index} (${round}) was warm and the waiter kind.`;

/** A contender took longer than it may. */
export class OverTime extends Error {}

type ContenderOptions = {
  arguments?: readonly string[];
  environment?: Record<string, string>;
  folder?: string;
  limitMs?: number;
};

/** Runs a contender in a process of its own, so that its memory is its own. Throws `OverTime` where it takes longer than the limit. */
export async function runContender(
  script: string,
  { baseUrl, cases, concurrency }: Task,
  options: ContenderOptions = {},
): Promise<Measured> {
  const task = ['--base-url', baseUrl, '--cases', String(cases), '--concurrency', String(concurrency)];
  const child = spawn(process.execPath, [script, ...task, ...(options.arguments ?? [])], {
    cwd: options.folder,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts itself ends with it.
    detached: true,
  });
  const ended = once(child, 'exit');
  const limit = AbortSignal.timeout(options.limitMs ?? longestMs);
  const end = () => killGroup(child);
  limit.addEventListener('abort', end);
  process.once('exit', end);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  process.off('exit', end);
  limit.removeEventListener('abort', end);
  if (limit.aborted) throw new OverTime();
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (child.exitCode !== 0 || !line.startsWith('{')) throw new Error(`${script} failed: ${stderr || stdout}`);
  return measured.parse(JSON.parse(line));
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

/** The task that a contender was started with, and the folder named beside it. */
export function readTask(): Task & { folder: string } {
  const { values } = parseArgs({
    options: {
      'base-url': { type: 'string', default: '' },
      cases: { type: 'string', default: '0' },
      concurrency: { type: 'string', default: '0' },
      folder: { type: 'string', default: '' },
    },
  });
  const { 'base-url': baseUrl, cases, concurrency, folder } = values;
  return { baseUrl, cases: Number(cases), concurrency: Number(concurrency), folder };
}

/** How long something takes, and how much of it this process computes. */
export async function timed(work: () => Promise<unknown>): Promise<Pick<Measured, 'wallMs' | 'cpuMs'>> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}

/** The last line that a contender prints. */
export function report(times: Pick<Measured, 'wallMs' | 'cpuMs'>, databaseBytes: number | null): void {
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ ...times, peakBytes, databaseBytes } satisfies Measured));
}
