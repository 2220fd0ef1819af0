import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a text contains another, whatever its case. LIKE ignores the case of ASCII letters only and is much faster than any function of ours;
 * other letters that have a case are given to GLOB in both.
 */
export function contains(column: RawBuilder<unknown>, text: string): RawBuilder<boolean> {
  if (![...text].some(isOtherCased)) {
    return sql<boolean>`${column} like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
  }
  const [first = '', ...rest] = text;
  // With a plain character after its star GLOB goes straight to the places where it stands.
  const starts = new Set([first.toLowerCase(), first.toUpperCase(), first]);
  const patterns = [...starts].map((start) => `*${start.replace(SPECIAL, '[$&]')}${rest.map(inBothCases).join('')}*`);
  return sql<boolean>`(${sql.join(
    patterns.map((pattern) => sql`${column} glob ${pattern}`),
    sql` or `,
  )})`;
}

const SPECIAL = /[*?[]/g;

const isOtherCased = (character: string): boolean =>
  character > '\x7F' && character.toLowerCase() !== character.toUpperCase();

function inBothCases(character: string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  // `ß` has no capital that is one character.
  if (lower !== upper && [...lower, ...upper].length === 2) return `[${lower}${upper}]`;
  return character.replace(SPECIAL, '[$&]');
}
