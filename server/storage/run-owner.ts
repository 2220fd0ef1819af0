import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { hasErrorCode } from '../domain/errors.ts';

/** A name for a process that executes runs, by which another one on this machine can tell that it is gone: `host:pid:random`. */
export const newRunOwner = (): string => `${hostname()}:${process.pid}:${randomBytes(6).toString('hex')}`;

/** False only where the process is known to be gone; one on another machine is judged by its lease alone. */
export function ownerIsAlive(owner: string): boolean {
  const [host, pid] = owner.split(':');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but another user's.
    return hasErrorCode(error, 'EPERM');
  }
}
