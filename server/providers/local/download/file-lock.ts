import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { hasErrorCode } from '../../../domain/errors.ts';
import { parseJson } from '../../../domain/json.ts';

const beatMs = 1000;
const silentMs = 15_000;
const lookEveryMs = 200;

const holderSchema = z.object({ host: z.string(), pid: z.number(), id: z.string() });

/**
 * Does the work while no other process does under the same lock file. A holder shows by touching the file that it lives; one that was killed is known by
 * its process, or where that can't be seen (another container), by its silence.
 */
export async function withFileLock<T>(
  file: string,
  { signal, onWait }: { signal?: AbortSignal; onWait?: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const token = JSON.stringify({ host: os.hostname(), pid: process.pid, id: randomUUID() });
  while (!(await take(file, token))) {
    onWait?.();
    await sleep(lookEveryMs, undefined, { signal });
  }
  const beat = setInterval(() => {
    // The work goes on without the lock's sign of life; the digest still decides over what comes out.
    touch(file).catch(() => clearInterval(beat));
  }, beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await read(file)) === token) await rm(file, { force: true });
  }
}

async function take(file: string, token: string): Promise<boolean> {
  if (await create(file, token)) return true;
  const holder = await read(file);
  if (holder === null || !(await abandoned(file, holder))) return false;
  await rm(file, { force: true });
  // Two that find the same abandoned lock: the one whose file was removed by the other waits again.
  if (await create(file, token)) await sleep(lookEveryMs);
  return (await read(file)) === token;
}

async function create(file: string, token: string): Promise<boolean> {
  return writeFile(file, token, { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

const read = (file: string) => readFile(file, 'utf8').catch(nullIfAbsent);

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(nullIfAbsent);
}

async function abandoned(file: string, holder: string): Promise<boolean> {
  const stats = await stat(file).catch(nullIfAbsent);
  if (stats === null) return false;
  if (Date.now() - stats.mtimeMs > silentMs) return true;
  const { data } = holderSchema.safeParse(parseJson(holder));
  return data !== undefined && data.host === os.hostname() && !alive(data.pid);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasErrorCode(error, 'EPERM');
  }
}

/** For files that others may have removed meanwhile. */
export function nullIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
