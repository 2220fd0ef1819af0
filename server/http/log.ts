import { type Logger, pino } from 'pino';
import type { JsonObject } from '../domain/json.ts';
import { maskSecrets } from '../domain/mask-secrets.ts';
import { Redactor } from '../domain/redaction/redactor.ts';
import { compileRules, detectingAll } from '../domain/redaction/rules.ts';

/** Addresses of machines stay: what can't be reached is what most lines are about. */
const rules = compileRules({
  ...detectingAll,
  detectors: detectingAll.detectors.filter((name) => name !== 'ip-address'),
});

/**
 * A log of one JSON object a line. What looks like a key, and the known secrets, are masked in every line, and what looks like data of people is redacted, whatever
 * the rules of projects say.
 */
export const createLog = (destination: { write(line: string): void }, secrets: () => readonly string[]): Logger =>
  pino(
    { base: undefined, level: 'warn' },
    { write: (line: string) => destination.write(`${redacted(masked(line, secrets()))}\n`) },
  );

/** Text by text: in the line as it is, a key that is quoted would take along the mark that its quote needs in JSON. */
const masked = (line: string, secrets: readonly string[]): JsonObject =>
  JSON.parse(line, (_, value) => (typeof value === 'string' ? maskSecrets(value, secrets) : value));

const redacted = (line: JsonObject): string => JSON.stringify(new Redactor(rules).json(line));
