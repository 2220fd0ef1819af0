import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WhetstoneError } from '../../../server/domain/errors.ts';
import { Uploads } from '../../../server/services/evaluate/uploads.ts';

const limit = 1024 ** 2;
let folder: string;
let uploads: Uploads;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-uploads-'));
  uploads = new Uploads(folder, limit);
  server = createServer(async (request, response) => {
    const said = await uploads.receive('a.csv', request).catch((error: unknown) => error);
    response.end(said instanceof WhetstoneError ? said.code : 'received');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** Sent in pieces, without saying how much there will be. */
async function send(bytes: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sending = request(url, { method: 'POST' }).once('response', resolve).once('error', reject);
  Readable.from(Array.from({ length: bytes / 2 ** 16 }, () => Buffer.alloc(2 ** 16, 'a'))).pipe(sending);
  return text(await promise);
}

describe('Uploads', () => {
  it('answers whoever sends too much without having said so, and keeps nothing of it', async () => {
    expect(await send(limit)).toBe('received');
    const before = await readdir(folder);
    expect(await send(30 * limit)).toBe('upload_too_large');
    expect(await readdir(folder)).toEqual(before);
    expect(await send(limit / 2)).toBe('received');
  });

  it('keeps nothing of what broke off', async () => {
    const before = await readdir(folder);
    const broken = new Readable({ read: () => broken.destroy(new Error('gone')) });
    await expect(uploads.receive('a.csv', broken)).rejects.toThrow(expect.objectContaining({ code: 'upload_broken' }));
    expect(await readdir(folder)).toEqual(before);
  });
});
