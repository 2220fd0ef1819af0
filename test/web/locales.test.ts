import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const source = path.join(import.meta.dirname, '..', '..', 'web', 'src');
const languages = ['en', 'zh-CN'] as const;
type Texts = Map<string, string>;

const areas = readdirSync(path.join(source, 'locales', 'en'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => path.basename(name, '.json'));

function flatten(value: unknown, at: string, into: Texts): Texts {
  if (typeof value === 'string') return into.set(at, value);
  for (const [key, inner] of Object.entries(value ?? {})) flatten(inner, at === '' ? key : `${at}.${key}`, into);
  return into;
}

function textsOf(language: string, area: string): Texts {
  const file = path.join(source, 'locales', language, `${area}.json`);
  return flatten(JSON.parse(readFileSync(file, 'utf8')), '', new Map());
}

/** Languages differ in their plural forms, not in what they say. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const keysOf = (texts: Texts) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

/** English is the server's own sentences there: what it lacks is checked against the server's codes. */
const ERRORS = 'errors';

it.each(areas)('%s has no empty text', (area) => {
  const texts = languages.flatMap((language) => [...textsOf(language, area)]);
  expect(texts.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
});

describe.each(areas.filter((area) => area !== ERRORS))('%s', (area) => {
  const [english, chinese] = [textsOf('en', area), textsOf('zh-CN', area)];

  it('has the same keys in both languages', () => {
    expect(keysOf(chinese)).toEqual(keysOf(english));
  });

  it('fills the same values into both languages', () => {
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? english.get(`${withoutPlural(key)}_other`);
      expect(placeholders(text), key).toEqual(placeholders(other ?? ''));
    }
  });
});

it('has every plural in the forms that the languages need', () => {
  const forms = { en: ['one', 'other'], 'zh-CN': ['other'] } as const;
  for (const language of languages) {
    for (const area of areas) {
      const texts = textsOf(language, area);
      const plurals = new Set([...texts.keys()].filter((key) => withoutPlural(key) !== key).map(withoutPlural));
      for (const key of plurals) {
        for (const form of forms[language]) expect(texts.has(`${key}_${form}`), `${area}:${key}_${form}`).toBe(true);
      }
    }
  }
});

it('says where prices come from as the table of prices does, which has one language', () => {
  const { source: said } = JSON.parse(readFileSync(path.join(source, '..', '..', 'data', 'prices.json'), 'utf8'));
  expect(textsOf('en', 'prices').get('table.sources')).toBe(said);
});

describe('errors', () => {
  // Said in the terminal before there is a page, or by the command line alone.
  const apart =
    /^(cli|main\.ts|storage\/database|http\/listen|providers\/environment|formats\/(prompt-yml|read-prompt-file|set-folder))/;
  const sources = ['server', path.join('evals', 'scorers')].flatMap((folder) => {
    const root = path.join(source, '..', '..', folder);
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.ts') && !apart.test(name))
      .map((name) => readFileSync(path.join(root, name), 'utf8'));
  });
  const made =
    /\b(?:(?:invalid|missing|conflict|refused|unidentified|unavailable|fileError|CallFailure|ScoringError|WebhookError)\(\s*|(?:code|failure): )'([a-z_]+)'/g;
  const codes = [...new Set(sources.flatMap((text) => [...text.matchAll(made)].map(([, code]) => code)))].sort();
  const ownOfPages = [...textsOf('en', ERRORS).keys()];
  const chinese = [...textsOf('zh-CN', ERRORS).keys()];

  it('that a page can meet have a Chinese text, and no text is left of one that is gone', () => {
    expect(codes.length).toBeGreaterThan(40);
    expect(chinese.sort()).toEqual([...codes, ...ownOfPages].sort());
  });
});

type Use = { where: string; area: string | null; key: RegExp };

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Every `t(…)` of a file with the area that its `useTranslation` names; null where `t` was handed in. A key with parts in it is a pattern. */
function usesIn(file: string): Use[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  const uses: Use[] = [];
  const scopes: (string | null)[] = [null];
  const areaNow = () => scopes.findLast((area) => area !== null) ?? null;
  const enter = () => void scopes.push(null);
  const leave = () => void scopes.pop();

  function keysIn(node: unknown): string[] {
    if (typeof node !== 'object' || node === null || !('type' in node)) return [];
    if (node.type === 'Literal' && 'value' in node) return [escaped(String(node.value))];
    if (node.type === 'ConditionalExpression' && 'consequent' in node && 'alternate' in node) {
      return [...keysIn(node.consequent), ...keysIn(node.alternate)];
    }
    if (node.type === 'TemplateLiteral' && 'quasis' in node && Array.isArray(node.quasis)) {
      return [node.quasis.map(({ value }) => escaped(value.cooked)).join('.+')];
    }
    return ['(?!)'];
  }

  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    CallExpression({ callee, arguments: [first], start }) {
      if (callee.type !== 'Identifier') return;
      if (callee.name === 'useTranslation') {
        scopes[scopes.length - 1] = first?.type === 'Literal' ? String(first.value) : 'common';
      }
      if (callee.name !== 't') return;
      for (const key of keysIn(first)) {
        const [area, rest] = key.includes(':') && !key.startsWith('(') ? key.split(':') : [areaNow(), key];
        uses.push({
          where: `${path.relative(source, file)}@${start}`,
          area: area ?? null,
          key: new RegExp(`^${rest}$`),
        });
      }
    },
  }).visit(program);
  return uses;
}

describe('texts that the pages ask for', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const uses = files.flatMap((name) => usesIn(path.join(source, name)));
  const known = new Map(areas.map((area) => [area, keysOf(textsOf('en', area))]));

  it('are found in the sources', () => {
    expect(uses.length).toBeGreaterThan(50);
  });

  it('exist', () => {
    const missing = uses.filter(({ area, key }) => {
      if (area === ERRORS) return false;
      const keys = area === null ? [...known.values()].flat() : (known.get(area) ?? []);
      return !keys.some((candidate) => key.test(candidate));
    });
    expect(missing.map(({ where, area, key }) => `${where}: ${area ?? '?'}:${key.source}`)).toEqual([]);
  });
});
