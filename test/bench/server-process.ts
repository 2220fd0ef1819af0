import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';

const ready = z.object({ port: z.number() });

/** Our compatible server as a process of its own, so that its time is not counted as the client's. */
export async function startServerProcess(...options: string[]): Promise<{
  baseUrl: string;
  pid: number;
  stop(): void;
}> {
  const script = path.resolve(import.meta.dirname, '../fixtures/compatible-server.ts');
  const child = spawn(process.execPath, [script, '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const { port } = ready.parse(JSON.parse(String(line)));
  return { baseUrl: `http://127.0.0.1:${port}/v1`, pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
}

/** CPU time that a process has taken, in ms; null where the system does not say (other than Linux). See proc_pid_stat(5): in ticks of 10 ms. */
export async function cpuMs(pid: number): Promise<number | null> {
  if (!existsSync('/proc/self/stat')) return null;
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

export type WorkbenchProcess = {
  url: string;
  /** What its memory was at most; null where the system does not say (other than Linux). */
  peakBytes(): Promise<number | null>;
  stop(): Promise<void>;
};

/** The workbench as people start it, over a folder of data. */
export async function startWorkbenchProcess(
  folder: string,
  environment: Record<string, string> = {},
): Promise<WorkbenchProcess> {
  const main = path.resolve(import.meta.dirname, '../../server/main.ts');
  const child = spawn(process.execPath, [main, '--data', folder, '--json', 'serve', '--port', '0', '--no-download'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstAddress(child.stdout);
  return {
    url,
    peakBytes: async () => (existsSync('/proc/self/status') ? statusBytes(String(child.pid), 'VmHWM') : null),
    stop: () => stopped(child),
  };
}

/** What a process takes, as Linux says it. */
export async function statusBytes(pid: string, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
    await readFile(`/proc/${pid}/status`, 'utf8'),
  )?.[1];
  return Number(kilobytes) * 1024;
}

async function firstAddress(output: Readable): Promise<string> {
  let said = '';
  for await (const piece of output.iterator({ destroyOnReturn: false })) {
    said += String(piece);
    const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended: ${said}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
