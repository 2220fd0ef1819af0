import { hash } from 'node:crypto';
import { canonicalJson } from './json.ts';

/** SHA-256 in hex of the canonical JSON of a value: equal content has an equal hash. */
export function contentHash(value: unknown): string {
  return hash('sha256', canonicalJson(value));
}
