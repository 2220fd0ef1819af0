import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { invalid, missing } from '../../domain/errors.ts';

/** A file that a person sent and has not imported yet. */
export type Upload = { id: string; fileName: string; path: string; bytes: number };

/** Bytes that a file may have. */
export const uploadLimit = 200 * 1024 ** 2;
/** Files that are kept at a time: one for each of some open pages. */
const kept = 4;

/** Keeps uploaded files until they are imported, newer ones come, or the program ends. */
export class Uploads {
  readonly #directory: string;
  readonly #limit: number;
  readonly #uploads = new Map<string, Upload>();
  #isPrepared = false;

  constructor(directory: string, limit = uploadLimit) {
    this.#directory = directory;
    this.#limit = limit;
  }

  /** Writes a stream to a file as it comes. Throws `upload_too_large`, `upload_broken`; then nothing is kept. */
  async receive(fileName: string, stream: Readable): Promise<Upload> {
    await this.#prepare();
    const id = randomUUID();
    const file = path.join(this.#directory, id);
    const counted = countedBytes(stream, this.#limit);
    try {
      await pipeline(counted.chunks, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
    } catch (cause) {
      await rm(file, { force: true });
      // Whoever sends reads an answer only where the rest is taken as well.
      stream.resume();
      if (counted.bytes() > this.#limit) throw uploadTooLarge();
      throw invalid('upload_broken', 'The upload ended before the file was whole. Send it again.', { cause });
    }
    const upload = { id, fileName: path.basename(fileName), path: file, bytes: counted.bytes() };
    this.#uploads.set(id, upload);
    const [oldest] = this.#uploads.keys();
    if (this.#uploads.size > kept && oldest !== undefined) await this.remove(oldest);
    return upload;
  }

  /** Throws `upload_missing`. */
  find(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw missing('upload_missing', 'This file is no longer kept. Choose it again.');
    return upload;
  }

  async remove(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return;
    this.#uploads.delete(id);
    await rm(upload.path, { force: true });
  }

  /** What an earlier process left is of no use to anyone. */
  async #prepare(): Promise<void> {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    await rm(this.#directory, { recursive: true, force: true });
    await mkdir(this.#directory, { recursive: true });
  }
}

export const uploadTooLarge = () =>
  invalid(
    'upload_too_large',
    `The file is larger than the ${uploadLimit / 1024 ** 2} MB that are taken. Import it in parts: each becomes the set's next version.`,
  );

/** The chunks of a stream until there are too many bytes. The stream is not ended then: it is a connection on which an answer is due. */
function countedBytes(stream: Readable, limit: number) {
  let bytes = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > limit) throw new RangeError('too large');
      yield chunk;
    }
  }
  return { chunks: chunks(), bytes: () => bytes };
}
