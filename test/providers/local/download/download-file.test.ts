import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { downloadFile } from '../../../../server/providers/local/download/download-file.ts';
import { type FileServerOptions, sha256, startFileServer } from '../../../fixtures/file-server.ts';

const size = 4_000_000;
const content = randomBytes(size);

async function setUp(options: Partial<FileServerOptions> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-download-'));
  const server = await startFileServer({ files: { '/model': content }, ...options });
  const part = path.join(folder, 'model.part');
  const pauses: number[] = [];
  const received: number[] = [];
  const release = async () => {
    await server.close();
    await rm(folder, { recursive: true });
  };
  const download = ({ bytes = size, signal = new AbortController().signal, silenceMs = 30_000 } = {}) =>
    downloadFile(
      { url: new URL('/model', server.url), bytes, part },
      {
        signal,
        silenceMs,
        onReceived: (now) => received.push(now),
        pause: async (ms) => pauses.push(ms),
      },
    );
  return { server, part, pauses, received, release, download };
}

async function setUpForTest(options?: Partial<FileServerOptions>) {
  const ready = await setUp(options);
  onTestFinished(ready.release);
  return ready;
}

test('cut at random bytes five times, it goes on from where it was: right digest, hardly a byte twice', async () => {
  const positions = fc.uniqueArray(fc.integer({ min: 1, max: size - 1 }), { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(positions, async (cuts) => {
      const { server, part, pauses, received, release, download } = await setUp({ cuts: cuts.sort((a, b) => a - b) });
      await download();
      expect(sha256(await readFile(part))).toBe(sha256(content));
      expect(pauses).toHaveLength(5);
      expect(server.requests).toHaveLength(6);
      expect(received.at(-1)).toBe(size);
      // What a socket or a stream still held when it broke comes again.
      expect(server.sent()).toBeLessThan(size * 1.25);
      await release();
    }),
    { numRuns: 10, seed: 42 },
  );
});

test('what an earlier process left is used', async () => {
  const { server, part, download } = await setUpForTest();
  await writeFile(part, content.subarray(0, 3_000_000));
  await download();
  expect(sha256(await readFile(part))).toBe(sha256(content));
  expect(server.requests).toEqual([{ path: '/model', range: 'bytes=3000000-' }]);
  await download();
  expect(server.requests).toHaveLength(1);
});

test('a server that ignores ranges begins anew, and so does one whose file has changed', async () => {
  const ignoring = await setUpForTest({ ignoresRange: true });
  await writeFile(ignoring.part, randomBytes(1_000_000));
  await ignoring.download();
  expect(sha256(await readFile(ignoring.part))).toBe(sha256(content));

  const changed = await setUpForTest();
  await writeFile(changed.part, randomBytes(1_000_000));
  await writeFile(`${changed.part}.etag`, '"another"');
  await changed.download();
  expect(sha256(await readFile(changed.part))).toBe(sha256(content));
});

test('a part that is too long is of something else', async () => {
  const { part, download } = await setUpForTest();
  await writeFile(part, randomBytes(size + 1));
  await download();
  expect(sha256(await readFile(part))).toBe(sha256(content));
});

test('a silence and errors of the server are tried again', async () => {
  const { server, part, pauses, download } = await setUpForTest({ silences: [1_500_000], refusals: [503, 429] });
  await download({ silenceMs: 100 });
  expect(sha256(await readFile(part))).toBe(sha256(content));
  expect(pauses).toHaveLength(3);
  expect(server.requests).toHaveLength(4);
});

test('a server that never gets further is left', async () => {
  const { part, server, download } = await setUpForTest({ ignoresRange: true, cuts: Array(40).fill(1000) });
  await expect(download()).rejects.toMatchObject({ name: 'SourceError', message: /broke off again and again/ });
  expect(server.requests.length).toBeLessThan(10);
  expect((await stat(part)).size).toBeLessThanOrEqual(1000);
});

test('a refusal, another size and a host that does not answer are final', async () => {
  const refusing = await setUpForTest({ files: {} });
  await expect(refusing.download()).rejects.toMatchObject({ name: 'SourceError', message: /status 404/ });
  const other = await setUpForTest();
  await expect(other.download({ bytes: size - 1 })).rejects.toMatchObject({ wrongDigest: true });
  const gone = await setUpForTest();
  await gone.server.close();
  await expect(gone.download()).rejects.toMatchObject({
    name: 'SourceError',
    message: /can't be reached \(ECONNREFUSED/,
  });
  expect([refusing, other, gone].flatMap(({ pauses }) => pauses)).toEqual([]);
});

test('stopped, it keeps what has come', async () => {
  const { part, download } = await setUpForTest({ silences: [2_000_000] });
  const controller = new AbortController();
  const done = download({ signal: controller.signal });
  await expect.poll(async () => (await stat(part).catch(() => null))?.size).toBe(2_000_000);
  controller.abort(new Error('enough'));
  await expect(done).rejects.toThrow('enough');
  expect((await stat(part)).size).toBe(2_000_000);
});
