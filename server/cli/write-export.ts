import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RunId } from '../domain/ids.ts';
import { type CommandResult, print } from './output.ts';
import { unwritable } from './write-text-file.ts';

type Options = {
  run: RunId;
  format: string;
  out?: string;
  /** One document is asked for. */
  whole: boolean;
};

/** Writes a text that comes in pieces, each with a line break at its end, without holding all of it unless it is to be one document. */
export async function writeExport(
  pieces: AsyncIterable<string>,
  { run, format, out, whole }: Options,
): Promise<CommandResult> {
  if (out !== undefined) {
    await pipeline(Readable.from(pieces), createWriteStream(out)).catch((cause: unknown) => {
      if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
      throw unwritable(out, cause);
    });
    return { document: { run, format, file: out }, text: `Wrote ${out}.` };
  }
  if (whole) return { document: { run, format, text: (await Array.fromAsync(pieces)).join('') }, text: '' };
  let last: string | null = null;
  for await (const piece of pieces) {
    if (last !== null) await print(last);
    // What is printed ends its line itself.
    last = piece.replace(/\n$/, '');
  }
  return { document: null, text: last ?? '' };
}
