import { open, rename } from 'node:fs/promises';
import { sha256Of } from './sha256.ts';
import { SourceError } from './source-error.ts';

/**
 * Gives a complete file its name, once its digest is right. Throws `SourceError` where it is not; the caller removes what led to it.
 */
export async function settle(
  from: string,
  to: string,
  { sha256, host, signal }: { sha256: string; host: string; signal: AbortSignal },
): Promise<void> {
  if ((await sha256Of(from, signal)) !== sha256) {
    throw new SourceError(
      `what came from ${host} is not the file that was asked for (its SHA-256 differs), and was removed`,
      {
        wrongDigest: true,
      },
    );
  }
  // On the disk before it has the name: a power cut must not leave a hole under it.
  const file = await open(from, 'r+');
  await file.sync().finally(() => file.close());
  await rename(from, to);
}
