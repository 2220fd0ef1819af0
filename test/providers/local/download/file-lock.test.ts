import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { withFileLock } from '../../../../server/providers/local/download/file-lock.ts';

let file = '';
beforeEach(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'whetstone-lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  file = path.join(folder, 'x.lock');
});

const holder = (pid: number, host = os.hostname()) => writeFile(file, JSON.stringify({ host, pid, id: 'x' }));
/** Above the highest number that a process can have. */
const nobody = 2 ** 30;

test('work under the same lock does not overlap, and the lock goes with the last', async () => {
  let at = 0;
  const seen: number[] = [];
  const work = async () => {
    at++;
    await sleep(20);
    seen.push(at--);
  };
  await Promise.all([1, 2, 3].map(() => withFileLock(file, {}, work)));
  expect(seen).toEqual([1, 1, 1]);
  expect(await readdir(path.dirname(file))).toEqual([]);
});

test('it is given back when the work fails', async () => {
  await expect(withFileLock(file, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withFileLock(file, {}, async () => 'done')).toBe('done');
});

test('one of a process that has ended, or has been silent for long, is taken over', async () => {
  await holder(nobody);
  expect(await withFileLock(file, {}, async () => 'done')).toBe('done');
  await holder(process.pid, 'another-host');
  await utimes(file, new Date(), new Date(Date.now() - 60_000));
  expect(await withFileLock(file, {}, async () => 'done')).toBe('done');
});

test('who waits for one that is held is told so, and may give up', async () => {
  await holder(nobody, 'another-host');
  let waits = 0;
  const signal = AbortSignal.timeout(300);
  const taken = withFileLock(file, { signal, onWait: () => waits++ }, async () => 'done');
  await expect(taken).rejects.toMatchObject({ name: 'AbortError' });
  expect(waits).toBeGreaterThan(0);
});
