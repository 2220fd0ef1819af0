import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFilter, maskKeys, maskSecrets } from '../../server/domain/mask-secrets.ts';

const secret = (minLength: number) =>
  fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength,
    maxLength: 40,
  });
/** Texts in which the secrets stand, next to each other and to anything else. */
const holding = (secrets: readonly string[]) =>
  fc.array(fc.oneof(fc.constantFrom(...secrets), fc.string()), { maxLength: 12 }).map((parts) => parts.join(''));
const secretsAndText = (minLength: number) =>
  fc
    .array(secret(minLength), { minLength: 1, maxLength: 4 })
    .chain((secrets) => fc.tuple(fc.constant(secrets), holding(secrets)));

describe('known secrets', () => {
  test('none survives in a message', () => {
    fc.assert(
      fc.property(secretsAndText(4), ([secrets, text]) => {
        const masked = maskSecrets(text, secrets);
        for (const one of secrets) expect(masked).not.toContain(one);
      }),
    );
  });

  test('nor as a URL or JSON writes it', () => {
    fc.assert(
      fc.property(secret(4), (one) => {
        const masked = maskSecrets(`${JSON.stringify({ a: one })} https://x.org/?q=${encodeURIComponent(one)}`, [one]);
        expect(masked).toContain('••••');
        expect(masked).not.toContain(encodeURIComponent(one));
        expect(masked).not.toContain(JSON.stringify(one).slice(1, -1));
      }),
    );
  });

  test('one that holds another is masked whole; a word too short to be one is left', () => {
    expect(maskSecrets('say abcd-efgh and abcd', ['abcd', 'abcd-efgh'])).toBe('say •••• and ••••');
    expect(maskSecrets('as you like', ['a', ''])).toBe('as you like');
  });
});

describe('what looks like a key', () => {
  test.each([
    ['Incorrect API key provided: sk-proj-abc123*****9xyz. Find it', 'Incorrect API key provided: •••• Find it'],
    ['sent "Authorization: Bearer abcdefghijkl"', 'sent "Authorization: Bearer ••••"'],
    ['GET /v1/models?api-key=0123456789abcdef&x=1 failed', 'GET /v1/models?api-key=••••&x=1 failed'],
    ['https://me:pass@host/v1', 'https://••••@host/v1'],
    ['{"api_key": "0123456789"}', '{"api_key": "••••"}'],
    ['x-api-key=0123456789abc', 'x-api-key=••••'],
    ['gsk_0123456789 hf_0123456789 xai-0123456789', '•••• •••• ••••'],
    ['token eyJhbGciOi.eyJzdWIiOi.abc-_1', 'token ••••'],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  test.each([
    'A risk-averse task-based approach, at https://example.com/a:b?page=2',
    'Use a Bearer token in the Authorization header.',
    'The model `gpt-5-mini` does not exist. Secret: none.',
    '1,234 tokens: 5 of 6 keys = 7',
  ])('an ordinary sentence stays: %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

/** The expressions as they were read first: plain, and quadratic on hostile texts. */
const plain: readonly [RegExp, string][] = [
  [/(:\/\/)[^\s/@"']+:[^\s/@"']*@/g, '$1••••@'],
  [/\b(Bearer\s+)[\w.~+/=*-]{8,}/gi, '$1••••'],
  [/([?&][\w.-]*(?:key|token|secret|signature|password)[\w.-]*=)[^&\s"'#]+/gi, '$1••••'],
  [/\b((?:api|access|secret)[-_ ]?(?:key|token)(?: provided)?["']?\s*[:=]\s*["']?)[^\s"',;&]{8,}/gi, '$1••••'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '••••'],
  [/\b(?:sk|pk|rk|xai|pplx|nvapi|tgp)-[\w*-]{8,}/g, '••••'],
  [/\bwhet_[\w-]{20,}/g, '••••'],
  [/\b(?:gsk|hf|r8|ghp|github_pat)_[\w*]{8,}/g, '••••'],
  [/\bAIza[\w-]{20,}/g, '••••'],
];
const masksPlainly = (text: string) => plain.reduce((masked, [shape, by]) => masked.replace(shape, by), text);

describe('hostile texts', () => {
  const pieces = ['://', ':', '@', '/', '?', '&', '=', '.', '-', '_', ' ', '"', "'", '#', '\n', '*', 'é'].concat(
    ['eyJ', 'eyj', 'key', 'Token', 'password', 'api', 'secret', 'provided', 'Bearer ', 'sk-', 'gsk_', 'whet_', 'AIza'],
    ['a', 'B9', 'abcdefgh', '0123456789012345678901234567'],
  );
  const text = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string()), { maxLength: 40 })
    .map((parts) => parts.join(''));

  test('are masked as the plain expressions mask them', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(maskSecrets(given)).toBe(masksPlainly(given));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    [`://${'a:'.repeat(500_000)}`],
    [`?${'key'.repeat(300_000)}`],
    ['eyJ-'.repeat(250_000)],
    ['eyJa.'.repeat(200_000)],
    [`Bearer${' '.repeat(1_000_000)}`],
    [`api key${' '.repeat(500_000)}=${' '.repeat(500_000)}`],
    ['api_key=a '.repeat(100_000)],
    ['sk-'.repeat(300_000)],
    ['://a@'.repeat(200_000)],
  ])('of a megabyte take no longer than others: %#', (hostile) => {
    expect(maskSecrets(hostile).length).toBeLessThanOrEqual(hostile.length);
  });
});

describe('what a model wrote', () => {
  test('keeps all but known keys', () => {
    const key = 'sk-0123456789abcdef';
    expect(maskKeys(`${key} sk-fedcba9876543210 ollama`, [key, 'ollama'])).toBe('•••• sk-fedcba9876543210 ollama');
  });

  test('in pieces: no key survives, and nothing else is lost', () => {
    fc.assert(
      fc.property(secretsAndText(16), fc.array(fc.nat({ max: 9 })), ([keys, text], lengths) => {
        const filter = keyFilter(keys);
        let rest = text;
        let output = '';
        for (const length of lengths) {
          output += filter.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        output += filter.push(rest) + filter.end();
        for (const key of keys) expect(output).not.toContain(key);
        if (keys.every((key) => !text.includes(key))) expect(output).toBe(text);
      }),
    );
  });

  test('in pieces, only what may begin a key waits', () => {
    const filter = keyFilter(['sk-0123456789abcdef']);
    expect(filter.push('the key sk-01')).toBe('the key ');
    expect(filter.push('x and sk')).toBe('sk-01x and ');
    expect(filter.push('-0123456789abcdef.')).toBe('••••.');
    expect(filter.end()).toBe('');
  });
});
