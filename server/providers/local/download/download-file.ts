import { createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, mostTries } from '../../../domain/backoff.ts';
import { diskFull, saysDiskFull } from './disk-space.ts';
import { nullIfAbsent } from './file-lock.ts';
import { openUrl } from './open-url.ts';
import { SourceError } from './source-error.ts';

export type Download = {
  url: URL;
  /** Its size, known beforehand: a page of a captive portal is no model. */
  bytes: number;
  /** Where it grows; what an earlier attempt left there is used. */
  part: string;
};

export type DownloadOptions = {
  signal: AbortSignal;
  /** Bytes of it that are here. */
  onReceived: (bytes: number) => void;
  connectMs?: number;
  silenceMs?: number;
  /** Waits before the next try; called with the backoff. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** A break that another try may mend. */
class BrokenOff extends Error {
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'BrokenOff';
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Brings a file to its part, from where an earlier attempt stopped. What breaks off is tried again as long as it gets further. Throws `SourceError` where
 * this address can't give it and `disk_full`; rejects with the signal's reason when stopped, and the part stays.
 */
export async function downloadFile(file: Download, options: DownloadOptions): Promise<void> {
  const { signal, pause = (ms, stopped) => sleep(ms, undefined, { signal: stopped }) } = options;
  const state = { answered: false };
  let furthest = await sizeOf(file.part);
  let tries = 0;
  while (true) {
    try {
      return await receive(file, options, state);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SourceError) throw error;
      if (saysDiskFull(error)) throw diskFull(path.dirname(file.part), 'it is full', error);
      // A host that never answered won't by waiting.
      if (!state.answered)
        throw new SourceError(`${file.url.host} can't be reached (${reasonOf(error)})`, { cause: error });
      const size = await sizeOf(file.part);
      tries = size > furthest ? 1 : tries + 1;
      furthest = Math.max(furthest, size);
      if (tries >= mostTries)
        throw new SourceError(`${file.url.host} broke off again and again (${reasonOf(error)})`, { cause: error });
      await pause(backoffMs(tries, Math.random(), error instanceof BrokenOff ? error.retryAfterMs : null), signal);
    }
  }
}

/** 0 where there is none. */
export const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(nullIfAbsent))?.size ?? 0;

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
};

async function receive(file: Download, options: DownloadOptions, state: { answered: boolean }): Promise<void> {
  const { url, bytes, part } = file;
  const { signal, connectMs = 5000, silenceMs = 30_000 } = options;
  const have = await usableBytes(file);
  if (have === bytes) return;
  const headers = have === 0 ? {} : { range: `bytes=${have}-`, ...(await ifRange(part)) };
  const response = await openUrl(url, { signal, headers, connectMs, silenceMs });
  state.answered = true;
  try {
    const offset = await offsetOf(response, have, file);
    await rememberTag(part, response.headers.etag);
    await write(response, offset, file, options);
  } finally {
    response.destroy();
  }
  if ((await sizeOf(part)) !== bytes) throw new BrokenOff('the answer ended early');
}

/** A part that is longer than the whole is of something else. */
async function usableBytes({ part, bytes }: Download): Promise<number> {
  const size = await sizeOf(part);
  if (size <= bytes) return size;
  await rm(part, { force: true });
  return 0;
}

/** Where the answer's first byte belongs. A server that ignores the range, or has another file by now, begins anew. */
async function offsetOf(response: IncomingMessage, have: number, { url, bytes, part }: Download): Promise<number> {
  const { statusCode = 0, headers } = response;
  if (statusCode === 200) {
    const length = headers['content-length'];
    if (length !== undefined && Number(length) !== bytes) throw wrongSize(url, Number(length), bytes);
    return 0;
  }
  if (statusCode === 206) {
    const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
    if (total !== undefined && total !== '*' && Number(total) !== bytes) throw wrongSize(url, Number(total), bytes);
    if (Number(first) === have) return have;
  }
  if (statusCode === 206 || statusCode === 416) {
    await rm(part, { force: true });
    throw new BrokenOff('the answer is not the piece that was asked for');
  }
  if (statusCode >= 500 || statusCode === 429 || statusCode === 408) {
    const seconds = Number(headers['retry-after']);
    throw new BrokenOff(`status ${statusCode}`, seconds > 0 ? Math.min(seconds, 60) * 1000 : null);
  }
  throw new SourceError(`${url.host} does not give the file (status ${statusCode})`);
}

const wrongSize = (url: URL, size: number, bytes: number) =>
  new SourceError(`${url.host} gives something else (${size} bytes instead of ${bytes})`, { wrongDigest: true });

async function write(
  response: IncomingMessage,
  offset: number,
  { url, bytes, part }: Download,
  { signal, onReceived }: DownloadOptions,
): Promise<void> {
  let received = offset;
  onReceived(received);
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of response) {
      received += chunk.length;
      if (received > bytes) throw wrongSize(url, received, bytes);
      onReceived(received);
      yield chunk;
    }
  }
  await pipeline(counted, createWriteStream(part, { flags: offset === 0 ? 'w' : 'a' }), { signal });
}

const tagFile = (part: string) => `${part}.etag`;

/** Only a strong tag says that the bytes are the same (RFC 9110, section 13.1.5). */
async function rememberTag(part: string, tag: string | undefined): Promise<void> {
  if (tag === undefined || !tag.startsWith('"')) await rm(tagFile(part), { force: true });
  else await writeFile(tagFile(part), tag);
}

async function ifRange(part: string): Promise<{ 'if-range'?: string }> {
  const tag = await readFile(tagFile(part), 'utf8').catch(nullIfAbsent);
  return tag === null ? {} : { 'if-range': tag };
}

/** Removes what downloads to this part have left. */
export async function removePart(part: string): Promise<void> {
  await Promise.all([part, tagFile(part)].map((file) => rm(file, { force: true })));
}
