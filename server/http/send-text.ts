import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends a text in pieces, no faster than it is read. */
export async function sendText(response: Response, pieces: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), response).catch((error: unknown) => {
    // Who no longer reads has no use for an error.
    if (!response.destroyed || !(error instanceof Error && 'code' in error)) throw error;
  });
}
