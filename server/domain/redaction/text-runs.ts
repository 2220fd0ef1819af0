export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** ASCII only: Chinese letters stand beside a number without a space. */
export const isAlphanumeric = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const isParting = (code: number): boolean => code === 32 || code === 45;

/** Where `count` characters of a kind end that begin at `start`, single spaces or hyphens between them; null where there are not as many. */
export function endOfRun(
  text: string,
  start: number,
  count: number,
  belongs: (code: number) => boolean,
): number | null {
  let at = start;
  for (let left = count; left > 0; at += 1) {
    if (belongs(text.charCodeAt(at))) left -= 1;
    else if (left === count || !isParting(text.charCodeAt(at)) || !belongs(text.charCodeAt(at + 1))) return null;
  }
  return at;
}

/** The digits that begin at `start`, `most` at most, single spaces or hyphens between them, and where each ends. */
export function digitsFrom(text: string, start: number, most: number): { digits: string; ends: number[] } {
  const ends: number[] = [];
  let digits = '';
  for (let at = start; ends.length < most; at += 1) {
    if (isParting(text.charCodeAt(at)) && ends.length > 0) at += 1;
    if (!isDigit(text.charCodeAt(at))) break;
    digits += text.charAt(at);
    ends.push(at + 1);
  }
  return { digits, ends };
}

/** Where the characters of a kind begin that end before `end`. */
export function extendLeft(text: string, end: number, belongs: (code: number) => boolean): number {
  let at = end;
  while (at > 0 && belongs(text.charCodeAt(at - 1))) at -= 1;
  return at;
}
