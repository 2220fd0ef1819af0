import { RE2JS } from 're2js';
import { errorMessage, invalid } from '../../server/domain/errors.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { compared, expectedText, judged, noAnswer, quote } from './shared/score.ts';

const flagBits = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
  ['u', 0],
]);

/**
 * A regular expression found anywhere in the output: `regex:^\d+$`, or `/pattern/flags` with the flags i, m and s. It runs by RE2 in time
 * linear in the output, so it knows no look-around and no back-references.
 *
 * Where the pattern has a group `(…)` and the case an expected value, the first group that took part in the first match is the answer, and
 * it must equal the expected text (with the flag i whatever its case); no match is then no answer. Otherwise a match passes and none fails. Write
 * `(?:…)` for a group that reads no answer.
 */
export const regex: PureScorer = {
  name: 'regex',
  description:
    'A regular expression is found in the output; where it has a group, what that holds must equal the expected value.',
  argument: { needed: true, example: '/answer: *(\\w+)/i' },
  usesExpected: (args) => (compileArgument(args).readsAnswer ? 'where_given' : null),
  prepare(args) {
    const { compiled, flags, readsAnswer } = compileArgument(args);
    const fold = (text: string) => (flags.includes('i') ? text.trim().toLowerCase() : text.trim());
    return (scored) => {
      const expected = expectedText(scored.expected);
      const groups = firstMatch(compiled, scored.output);
      const answer = groups?.slice(1).find((group) => group !== null) ?? groups?.[0] ?? null;
      if (readsAnswer && expected !== null) {
        if (answer === null) return noAnswer(`The output does not match ${quote(args)}.`);
        return compared(fold(answer) === fold(expected), answer, expected);
      }
      const found = answer === null ? 'does not match' : 'matches';
      return judged(answer !== null, answer, `The output ${found} ${quote(args)}.`);
    };
  },
};

function compileArgument(args: string): { compiled: RE2JS; flags: string; readsAnswer: boolean } {
  const { pattern, flags } = parsePattern(args);
  const compiled = compile(pattern, flags);
  return { compiled, flags, readsAnswer: compiled.groupCount() > 0 };
}

function parsePattern(args: string): { pattern: string; flags: string } {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(args);
  const { pattern, flags } = { pattern: slashed?.[1] ?? args, flags: slashed?.[2] ?? '' };
  if (pattern === '') {
    throw invalid(
      'scorer_argument_invalid',
      'The scorer regex needs a pattern, such as regex:^\\d+$ or regex:/answer: *(\\w+)/i.',
    );
  }
  const unknown = [...flags].find((flag) => !flagBits.has(flag));
  if (unknown !== undefined) {
    throw invalid(
      'scorer_argument_invalid',
      `The scorer regex does not know the flag "${unknown}" in "${args}". It knows i, m and s.`,
    );
  }
  return { pattern, flags };
}

function compile(pattern: string, flags: string): RE2JS {
  const bits = [...flags].reduce((sum, flag) => sum | (flagBits.get(flag) ?? 0), 0);
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern), bits);
  } catch (cause) {
    const reason = errorMessage(cause);
    throw invalid(
      'scorer_argument_invalid',
      `The scorer regex can't use the pattern "${pattern}": ${reason}. RE2 has no look-around and no back-references.`,
      { cause },
    );
  }
}

function firstMatch(compiled: RE2JS, text: string): (string | null)[] | null {
  const matcher = compiled.matcher(text);
  if (!matcher.find()) return null;
  return Array.from({ length: compiled.groupCount() + 1 }, (_, index) => matcher.group(index));
}
