import { open, readFile } from 'node:fs/promises';
import { invalid } from '../domain/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read by this user',
};

/** Reads a file that a command names. Throws `file_unreadable`. */
export const readTextFile = (file: string): Promise<string> => orUnreadable(file, readFile(file, 'utf8'));

/** Throws `file_unreadable` for what is no file that this user may read. */
export async function checkReadable(file: string): Promise<void> {
  const handle = await orUnreadable(file, open(file));
  try {
    if ((await handle.stat()).isDirectory()) throw unreadable(file, 'EISDIR');
  } finally {
    await handle.close();
  }
}

async function orUnreadable<Content>(file: string, reading: Promise<Content>): Promise<Content> {
  try {
    return await reading;
  } catch (cause) {
    throw unreadable(file, cause instanceof Error && 'code' in cause ? String(cause.code) : '', cause);
  }
}

const unreadable = (file: string, code: string, cause?: unknown) =>
  invalid('file_unreadable', `${file} can't be read: ${reasons[code] ?? code}. Check the path.`, {
    details: { file },
    cause,
  });
