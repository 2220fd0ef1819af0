import { readFile } from 'node:fs/promises';
import { invalid } from '../domain/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read by this user',
};

/** Reads a file that a command names. Throws `file_unreadable`. */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw invalid('file_unreadable', `${file} can't be read: ${reasons[code] ?? code}. Check the path.`, {
      details: { file },
      cause,
    });
  }
}
