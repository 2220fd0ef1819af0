import { access, constants, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { invalid } from '../domain/errors.ts';
import { systemRefusal } from '../domain/system-refusal.ts';

/** Throws `file_unwritable`. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw unwritable(file, cause);
  });
}

/** Whether its folder lets a file be written: before something is done that costs time or money. Throws `file_unwritable`. */
export async function checkWritable(file: string): Promise<void> {
  await access(path.dirname(path.resolve(file)), constants.W_OK).catch((cause: unknown) => {
    throw unwritable(file, cause);
  });
}

export const unwritable = (file: string, cause: unknown) =>
  invalid('file_unwritable', `${file} can't be written: ${systemRefusal(cause)}. Name another file.`, { cause });
