const digitsOf = (text: string): string => text.replace(/[ -]/g, '');

/** How numbers of networks begin, and their lengths from the longest: Visa; Mastercard; American Express; Diners; JCB; Discover, Maestro and UnionPay. */
const networks: readonly [beginning: RegExp, lengths: readonly number[]][] = [
  [/^4/, [19, 16, 13]],
  [/^(?:5[1-5]|2[2-7])/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [19, 16, 14]],
  [/^(?:35|6|81|5[06-8])/, [19, 18, 17, 16]],
];
export const longestCard = 19;

/** The lengths at which digits that begin so can be a card's, from the longest. */
export const cardLengths = (beginning: string): readonly number[] =>
  networks.find(([network]) => network.test(beginning))?.[1] ?? [];

/** The check digit of card numbers (ISO/IEC 7812-1, annex B). */
export const hasCheckDigit = (digits: string): boolean => luhnSum(digits) % 10 === 0;

function luhnSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const value = (digits.charCodeAt(digits.length - 1 - place) - 48) * (place % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum;
}

/** The check of an International Bank Account Number: the remainder by 97 is 1 (ISO 13616, ISO/IEC 7064 MOD 97-10). */
export function isIban(text: string): boolean {
  const plain = digitsOf(text).toUpperCase();
  const turned = `${plain.slice(4)}${plain.slice(0, 4)}`;
  return [...turned].reduce((rest, char) => Number(`${rest}${Number.parseInt(char, 36)}`) % 97, 0) === 1;
}

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of a Chinese citizen's number (GB 11643-1999, ISO 7064 MOD 11-2). */
export function isChineseId(text: string): boolean {
  const id = digitsOf(text).toUpperCase();
  const sum = idWeights.reduce((total, weight, place) => total + weight * Number(id[place]), 0);
  return '10X98765432'[sum % 11] === id[17];
}

/**
 * An address of IPv6 (RFC 4291, section 2.2): eight groups, or fewer with one `::` in place of the others; the last two may be an address of IPv4. `::` alone is an
 * operator in many languages.
 */
export function isIpV6(text: string): boolean {
  const halves = text.replace(/(?:\d{1,3}\.){3}\d{1,3}$/, '0:0').split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length > 0 && groups.length < 8 : halves.length === 1 && groups.length === 8;
}
