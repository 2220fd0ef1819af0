import { RE2JS } from 're2js';
import { errorMessage, invalid } from '../errors.ts';
import { type DetectorName, detectorNames, detectors, type Find } from './detectors.ts';

/** What is taken out of production calls before anything of them is stored. */
export type RedactionRules = {
  /** Kinds of data that are found wherever they stand. */
  detectors: readonly DetectorName[];
  /** Texts that are found as they are, in capitals or small letters. */
  words: readonly string[];
  /** Expressions of RE2, each with the name that stands in place of what it finds. */
  patterns: readonly { name: string; pattern: string }[];
  /** Values of JSON by their path. */
  fields: readonly FieldRule[];
  /** Gives equal values of an observation the same number: `[email 1]`. */
  numbered: boolean;
};
export type FieldRule = { path: string; action: 'drop' | 'replace' };

/** Rules as they were saved: each is kept. */
export type RedactionVersion = { number: number; rules: RedactionRules; author: string; createdAt: string };

/** What finds something and what is written in its place, without the brackets. Kinds of data are looked for in the text as `fold` gives it. */
export type Finder = { name: string; find: Find; folded: boolean };
export type CompiledRules = {
  /** Where two find equally much in the same place, the first one gives the name. */
  finders: readonly Finder[];
  fields: readonly FieldRule[];
  numbered: boolean;
  /** Matches what was put in place of something; nothing is looked for in it. */
  placeholder: RegExp;
};

/** A key in a log of calls helps nobody, and whoever reads it may use it: this is always on. */
export const alwaysOn: DetectorName = 'api-key';

/** Of a project that has none of its own. */
export const firstRules: RedactionRules = {
  detectors: [alwaysOn],
  words: [],
  patterns: [],
  fields: [],
  numbered: false,
};

/** Every kind of data that is known without being described. */
export const detectingAll: RedactionRules = { ...firstRules, detectors: detectorNames };

export const wordName = 'word';
export const fieldName = 'field';
const taken: readonly string[] = [...detectorNames, wordName, fieldName];

/** Makes rules ready for use. Throws `redaction_rules_invalid`, which says of which rule what is wrong. */
export function compileRules({ detectors: named, words, patterns, fields, numbered }: RedactionRules): CompiledRules {
  const own = patterns.map(({ name, pattern }, index) => {
    checkName(name, patterns.slice(0, index));
    return { name, find: findAll(compile(name, pattern)), folded: false };
  });
  for (const { path } of fields) checkPath(path);
  const known = detectorNames
    .filter((name) => name === alwaysOn || named.includes(name))
    .map((name) => ({ name, find: detectors[name], folded: true }));
  return {
    finders: [...own, ...literal(words), ...known],
    fields,
    numbered,
    placeholder: new RegExp(`\\[(?:${[...taken, ...own.map(({ name }) => name)].join('|')})(?: \\d{1,4})?\\]`, 'g'),
  };
}

/** Several projects' rules as one, for what belongs to none of them, such as the log. */
export const combinedRules = (all: readonly CompiledRules[]): CompiledRules => ({
  finders: all.flatMap(({ finders }) => finders),
  fields: [],
  numbered: false,
  placeholder: new RegExp(all.map(({ placeholder }) => placeholder.source).join('|'), 'g'),
});

function literal(words: readonly string[]): Finder[] {
  const typed = words.map((word) => word.trim()).filter((word) => word !== '');
  if (typed.length === 0) return [];
  // The longest first: RE2 takes the first alternative that fits.
  const any = typed.toSorted((a, b) => b.length - a.length).map((word) => RE2JS.quote(word));
  return [{ name: wordName, find: findAll(RE2JS.compile(any.join('|'), RE2JS.CASE_INSENSITIVE)), folded: false }];
}

function checkName(name: string, before: readonly { name: string }[]): void {
  const others = [...taken, ...before.map((one) => one.name)];
  if (/^[a-z][a-z0-9-]{0,39}$/.test(name) && !others.includes(name)) return;
  throw rulesInvalid(
    { code: 'redaction_pattern_name', values: { name } },
    `"${name}" can't be the name of a pattern: it stands as [${name}] in the texts. Take small letters, digits and hyphens, and no name that another rule has.`,
  );
}

function compile(name: string, pattern: string): RE2JS {
  const compiled = compileRe2(name, pattern);
  if (!compiled.matcher('').find()) return compiled;
  throw rulesInvalid(
    { code: 'redaction_pattern_empty', values: { name } },
    `The pattern of "${name}" also fits where there is nothing. Let it need a character at least, such as \\d+ in place of \\d*.`,
  );
}

function compileRe2(name: string, pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (cause) {
    const reason = errorMessage(cause);
    throw rulesInvalid(
      { code: 'redaction_pattern_invalid', values: { name, reason } },
      `The pattern of "${name}" can't be used: ${reason}. RE2 has no look-around and no back-references.`,
      cause,
    );
  }
}

function checkPath(path: string): void {
  if (path.split('.').every((part) => part.trim() !== '')) return;
  throw rulesInvalid(
    { code: 'redaction_path_invalid', values: { path } },
    `"${path}" is no path of a field. Write the names from the outside in, such as customer.email or items.*.name.`,
  );
}

function findAll(pattern: RE2JS): Find {
  return (text) => {
    const matcher = pattern.matcher(text);
    const spans = [];
    while (matcher.find())
      if (matcher.end() > matcher.start()) spans.push({ start: matcher.start(), end: matcher.end() });
    return spans;
  };
}

const rulesInvalid = (reason: { code: string; values: Record<string, string> }, message: string, cause?: unknown) =>
  invalid('redaction_rules_invalid', message, { details: { reason }, cause });
