const mask = '••••';

/**
 * Things that look like keys. Each keeps what its groups caught, so that the sentence around a key stays readable. The texts are hostile: none may look at a
 * passage again from each place within it.
 */
const shapes: readonly [RegExp, string][] = [
  [/(:\/\/)[^\s/@"'][^\s/@"':]*:[^\s/@"']*@/g, `$1${mask}@`],
  [/\b(Bearer\s+)[\w.~+/=*-]{8,}/gi, `$1${mask}`],
  [/([?&](?=[\w.-]*?(?:key|token|secret|signature|password))[\w.-]*=)[^&\s"'#]+/gi, `$1${mask}`],
  [/\b((?:api|access|secret)[-_ ]?(?:key|token)(?: provided)?["']?\s*[:=]\s*["']?)[^\s"',;&]{8,}/gi, `$1${mask}`],
  [/(?<![\w-])((?:(?!\beyJ)[\w-])*)\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, `$1${mask}`],
  [/\b(?:sk|pk|rk|xai|pplx|nvapi|tgp)-[\w*-]{8,}/g, mask],
  [/\bwhet_[\w-]{20,}/g, mask],
  [/\b(?:gsk|hf|r8|ghp|github_pat)_[\w*]{8,}/g, mask],
  [/\bAIza[\w-]{20,}/g, mask],
];

/** A shorter value is no secret, and masking each place where it occurs would make messages unreadable. */
const shortestSecret = 4;

/** Replaces known secrets, however they are written, and what looks like a key. For messages, notes and logs. */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
  const known = replaceAll(text, secrets.filter((secret) => secret.length >= shortestSecret).flatMap(spellings));
  return shapes.reduce((masked, [shape, replacement]) => masked.replace(shape, replacement), known);
}

/** Servers without a check are given words such as `ollama` or `lm-studio` as a key; an answer may well say those. */
const shortestKey = 16;

/** Replaces known keys only: what a model wrote stays as it is otherwise. */
export const maskKeys = (text: string, keys: readonly string[]): string => replaceAll(text, longEnough(keys));

type KeyFilter = { push(text: string): string; end(): string };

/** `maskKeys` for text that comes in pieces: what may be the beginning of a key is held back until more is known. */
export function keyFilter(keys: readonly string[]): KeyFilter {
  const known = longEnough(keys);
  let held = '';
  return {
    push(text) {
      const masked = replaceAll(held + text, known);
      const keep = Math.max(0, ...known.map((key) => overlap(masked, key)));
      held = masked.slice(masked.length - keep);
      return masked.slice(0, masked.length - keep);
    },
    end: () => held,
  };
}

const longEnough = (keys: readonly string[]) => keys.filter((key) => key.length >= shortestKey);

/** The length of the longest end of the text that a key begins with, and that is not yet the whole key. */
function overlap(text: string, key: string): number {
  let length = Math.min(text.length, key.length - 1);
  while (length > 0 && !text.endsWith(key.slice(0, length))) length--;
  return length;
}

/** As it is, in a URL and in JSON. */
const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret.toWellFormed()),
  JSON.stringify(secret).slice(1, -1),
];

/** The longest first: a secret may contain another. */
const replaceAll = (text: string, values: readonly string[]): string =>
  values.toSorted((a, b) => b.length - a.length).reduce((masked, value) => masked.replaceAll(value, mask), text);
