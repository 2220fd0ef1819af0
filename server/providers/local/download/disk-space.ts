import { statfs } from 'node:fs/promises';
import { hasErrorCode, unavailable, type WhetstoneError } from '../../../domain/errors.ts';

/** Bytes that this process may still write in a folder. */
export type FreeBytes = (directory: string) => Promise<number>;

export const freeBytesOf: FreeBytes = async (directory) => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en-US')} MB`;

/** Throws `disk_full` where the folder has less room than is needed. */
export async function ensureSpace(directory: string, needed: number, freeBytes: FreeBytes): Promise<void> {
  const free = await freeBytes(directory);
  if (free < needed) throw diskFull(directory, `${megabytes(needed)} are needed and ${megabytes(free)} are free`);
}

export const diskFull = (directory: string, fact: string, cause?: unknown): WhetstoneError =>
  unavailable(
    'disk_full',
    `There is too little room on the disk of ${directory}: ${fact}. Free some, or set WHETSTONE_MODELS to a folder elsewhere, then fetch the model again; what has come is kept.`,
    { cause },
  );

/** Whether an error says that the disk, or a person's share of it, is full. */
export const saysDiskFull = (error: unknown): boolean => hasErrorCode(error, 'ENOSPC') || hasErrorCode(error, 'EDQUOT');
