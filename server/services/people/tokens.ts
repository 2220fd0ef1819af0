import { createHash, randomBytes } from 'node:crypto';

const prefix = 'whet_';

/** A token that nobody guesses: 256 random bits behind what says whose it is. Shown once; only its hash is kept. */
export const newToken = (): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** One round of SHA-256 is enough here: what is hashed is random, not a password that a dictionary holds (OWASP, Password Storage Cheat Sheet). */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
