import { type Logger, pino } from 'pino';
import { maskSecrets } from '../domain/mask-secrets.ts';

/** A log of one JSON object a line. What looks like a key, and the known secrets, are masked in every line. */
export const createLog = (destination: { write(line: string): void }, secrets: () => readonly string[]): Logger =>
  pino(
    { base: undefined, level: 'warn' },
    { write: (line: string) => destination.write(maskSecrets(line, secrets())) },
  );
