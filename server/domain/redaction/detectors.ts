import { cardLengths, hasCheckDigit, isChineseId, isIban, isIpV6, longestCard } from './check-digits.ts';
import { digitsFrom, endOfRun, extendLeft, isAlphanumeric, isDigit } from './text-runs.ts';

/** Where something stands in a text: from `start` up to before `end`. */
export type Span = { start: number; end: number };
/** Finds what it looks for in time linear in the text. */
export type Find = (text: string) => Span[];

/** What is known without being described: the first name is taken where two find the very same. */
export const detectorNames = ['api-key', 'email', 'chinese-id', 'iban', 'credit-card', 'phone', 'ip-address'] as const;
export type DetectorName = (typeof detectorNames)[number];

/**
 * Each takes the text as `fold` gives it. Every expression has bounded repetitions only, or begins where its last one cannot have begun, so that no text takes
 * more than linear time.
 */
export const detectors: Readonly<Record<DetectorName, Find>> = {
  'api-key': findApiKeys,
  email: findEmails,
  'chinese-id': (text) => spansOf(text, chineseId).filter(({ start, end }) => isChineseId(text.slice(start, end))),
  iban: findIbans,
  'credit-card': findCards,
  phone: (text) => phones.flatMap((pattern) => spansOf(text, pattern)),
  'ip-address': (text) => [
    ...spansOf(text, ipV4),
    ...spansOf(text, ipV6).filter(({ start, end }) => isIpV6(text.slice(start, end))),
  ],
};

/** Full-width letters and digits, wide spaces and the many hyphens as their plain forms, each in the place where it was: Chinese input methods write them. */
export const fold = (text: string): string =>
  text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-');

const spansOf = (text: string, pattern: RegExp): Span[] =>
  Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({ start: index, end: index + length }));

const keyShapes: readonly RegExp[] = [
  // OpenAI, Anthropic, Stripe and those that follow them.
  /(?<![A-Za-z0-9])(?:sk|pk|rk|xai|pplx|nvapi|tgp)[-_][\w-]{16,}/g,
  /(?<![A-Za-z0-9])(?:gh[opsur]|github_pat|gsk|hf|r8|glpat|npm|whet)[-_][\w-]{16,}/g,
  /(?<![A-Za-z0-9])xox[abeoprs]-[\w-]{10,}/g,
  /(?<![A-Za-z0-9])AIza[\w-]{30,}/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  // A JSON Web Token (RFC 7519).
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
];
/** What follows such words is a key where it has letters and digits; the words stay. In JSON a backslash belongs to what follows it. */
const namedKey =
  /(?:(?:api[ _-]?key|access[ _-]?key|secret|token|passw(?:or)?d|authorization|密钥|密码|口令|令牌)["']?(?: {0,3}[:=是为] {0,3}| is )["']?(?:bearer |basic )?|bearer )([^\s"'`\\,;&<>，。；、]{8,512})/gi;
/** Of an address such as `https://name:password@host`. */
const addressPassword = /:\/\/[^\s/@:"'\\]{1,100}:([^\s/@"'\\]{1,200})(?=@)/g;

function findApiKeys(text: string): Span[] {
  const named = valuesOf(text, namedKey).filter(({ start, end }) => {
    const value = text.slice(start, end);
    return /[A-Za-z]/.test(value) && /\d/.test(value);
  });
  return [...keyShapes.flatMap((shape) => spansOf(text, shape)), ...named, ...valuesOf(text, addressPassword)];
}

/** Where the group of a pattern stands that ends with it. */
const valuesOf = (text: string, pattern: RegExp): Span[] =>
  Array.from(text.matchAll(pattern), ({ 0: whole, 1: value = '', index }) => {
    const end = index + whole.length;
    return { start: end - value.length, end };
  });

/** What follows the `@`: labels, the last one of letters or in Punycode (RFC 1035, 3492). */
const mailDomain = /@(?:[A-Za-z0-9-]{1,63}\.){1,8}(?:xn--[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24})(?![A-Za-z0-9])/g;
const inMailName = (code: number): boolean => isAlphanumeric(code) || "._%+-'".includes(String.fromCharCode(code));

/** Looked for from the `@` to both sides: Chinese letters around an address are none of it. */
function findEmails(text: string): Span[] {
  return spansOf(text, mailDomain).flatMap(({ start, end }) => {
    const begin = extendLeft(text, start, inMailName);
    return begin === start ? [] : [{ start: begin, end }];
  });
}

const chineseId = /(?<!\d)[1-9]\d{5} ?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?\d{3}[\dXx](?!\d)/g;

const ibanStart = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[A-Z0-9 -])/gi;

function findIbans(text: string): Span[] {
  return Array.from(text.matchAll(ibanStart)).flatMap(({ 0: head, index }) => {
    const length = ibanLengths.get(head.slice(0, 2).toUpperCase());
    const end = length === undefined ? null : endOfRun(text, index, length, isAlphanumeric);
    if (end === null || isAlphanumeric(text.charCodeAt(end)) || !isIban(text.slice(index, end))) return [];
    return [{ start: index, end }];
  });
}

/** Characters of an IBAN by country (SWIFT, IBAN Registry, release 99). */
const ibanLengths: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27
  GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28
  PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const cardStart = /(?<!\d)[2-68]/g;
/** From the longest number that the digits allow: a card that is followed by its check code must not be missed. */
function findCards(text: string): Span[] {
  return Array.from(text.matchAll(cardStart)).flatMap(({ index: start }) => {
    const { digits, ends } = digitsFrom(text, start, longestCard);
    const length = cardLengths(digits.slice(0, 3)).find((count) => {
      const end = ends[count - 1];
      return end !== undefined && !isDigit(text.charCodeAt(end)) && hasCheckDigit(digits.slice(0, count));
    });
    const end = length && ends[length - 1];
    return end ? [{ start, end }] : [];
  });
}

const phones: readonly RegExp[] = [
  // Chinese mobile numbers.
  /(?<!\d|\d\.)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
  // Chinese landlines with their area.
  /(?<!\d)(?:\(0[1-9]\d{1,2}\) ?|0[1-9]\d{1,2}-)\d{7,8}(?!\d)/g,
  // With a country's number (E.164: at most 15 digits).
  /(?<![\w+])(?:\+|00(?=[1-9]\d[ ().-]))[1-9](?:[ ().-]{0,2}\d){7,14}(?!\d)/g,
  // As in Europe, in groups of which the first begins with 0.
  /(?<![\d.])0[1-9](?:\d{0,3} \d{3,4} \d{3,4}|\d{1,3} \d{6,8}|(?: \d\d){4})(?!\d)/g,
  // North America.
  /(?<!\d|\d[.-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?!\d)/g,
];
const ipV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)/g;
const ipV6 = /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{1,4})?(?![\w:])/g;
