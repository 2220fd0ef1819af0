import { writeFile } from 'node:fs/promises';
import { errorMessage, invalid } from '../domain/errors.ts';

/** Throws `file_unwritable`. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    const reason = errorMessage(cause);
    throw invalid('file_unwritable', `${file} can't be written (${reason}). Name another file with --out.`, { cause });
  });
}
