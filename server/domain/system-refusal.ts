import { errorMessage } from './errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder, or it can't be made",
  EEXIST: 'a part of its path is a file',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nothing can be written on its file system',
  ENOSPC: 'the disk is full',
  SQLITE_FULL: 'the disk is full',
  SQLITE_NOTADB: 'it is no database',
  SQLITE_CORRUPT: 'it is damaged',
};

/** Why the system could not write or open something, as words for a sentence. */
export function systemRefusal(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? errorMessage(error);
}
