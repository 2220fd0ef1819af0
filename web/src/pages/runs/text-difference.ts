import { presentableDiff } from '@codemirror/merge';

/** A piece of a text; `differs` where the other text has something else. */
export type Piece = { text: string; differs: boolean };

/** Longer texts are not compared: nobody reads marks in them, and it takes time. */
const LONGEST = 20_000;
const TIMEOUT_MS = 50;

/** Both texts in pieces, with what is in the one and not in the other. */
export function differences(a: string, b: string): { a: Piece[]; b: Piece[] } {
  if (a === b || a.length + b.length > LONGEST) return { a: whole(a), b: whole(b) };
  const changes = presentableDiff(a, b, { timeout: TIMEOUT_MS });
  return {
    a: cut(
      a,
      changes.map(({ fromA, toA }) => [fromA, toA]),
    ),
    b: cut(
      b,
      changes.map(({ fromB, toB }) => [fromB, toB]),
    ),
  };
}

/** A text with the one passage in it that a scorer read as the answer; null where it is not there as such, or is all there is. */
export function passage(text: string, answer: string): Piece[] | null {
  const start = answer.trim() === '' ? -1 : text.toLowerCase().indexOf(answer.toLowerCase());
  if (start < 0 || answer.trim().length >= text.trim().length) return null;
  return cut(text, [[start, start + answer.length]]);
}

/** The pieces from shortly before the first that differs, where it is further in: of a long answer the end is often what matters. */
export function fromDifference(pieces: readonly Piece[], before: number): Piece[] {
  const [lead, first, ...rest] = pieces;
  if (lead === undefined || first === undefined || lead.differs || lead.text.length <= 2 * before) return [...pieces];
  return [{ text: `…${lead.text.slice(-before)}`, differs: false }, first, ...rest];
}

/** The first pieces, up to so many characters. */
export function shortened(pieces: readonly Piece[], length: number): Piece[] {
  const kept: Piece[] = [];
  let room = length;
  for (const { text, differs } of pieces) {
    if (room <= 0) break;
    kept.push({ text: text.length > room ? `${text.slice(0, room)}…` : text, differs });
    room -= text.length;
  }
  return kept;
}

/** Characters that turn the direction of what follows: with them a text can look like another one. */
const TURNING = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A text with its unseen turning characters written out. */
export const withoutTurns = (text: string): string =>
  text.replace(TURNING, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase()}⟩`);

export const whole = (text: string): Piece[] => (text === '' ? [] : [{ text, differs: false }]);

function cut(text: string, spans: readonly (readonly [from: number, to: number])[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    pieces.push({ text: text.slice(at, from), differs: false }, { text: text.slice(from, to), differs: true });
    at = to;
  }
  pieces.push({ text: text.slice(at), differs: false });
  return pieces.filter((piece) => piece.text !== '');
}
