import { contentHash } from './content-hash.ts';

/** A scorer of one's own: JavaScript in a file `NAME.js`, as it was when a run took it. */
export type ScorerFile = { name: string; hash: string; source: string };

export const scorerFileName = /^[a-z0-9][\w-]{0,59}$/i;
const reference = /^([a-z0-9][\w-]{0,59})(?:@([0-9a-f]{12}))?$/i;

/** Reads `NAME`, the file as it is now, or `NAME@HASH`, the text that a run was held at; null where it is neither. */
export function readScorerFileReference(text: string): { name: string; hash: string | null } | null {
  const [, name, hash = null] = reference.exec(text.trim()) ?? [];
  return name === undefined ? null : { name, hash };
}

export const scorerFileOf = (name: string, source: string): ScorerFile => ({
  name,
  hash: contentHash(source).slice(0, 12),
  source,
});

/** What a file says of itself: its first comment, on one line. */
export function scorerFileDescription(source: string): string {
  const [, line, block] = /^\s*(?:\/\/[ \t]*([^\n\r]*)|\/\*+([\s\S]{0,1000}?)\*\/)/.exec(source) ?? [];
  return (line ?? block ?? '')
    .replace(/^\s*\*/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
