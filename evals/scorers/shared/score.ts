import type { JsonValue } from '../../../server/domain/json.ts';
import type { Score } from '../../../server/domain/scorer.ts';

/** An answer is kept beside the output, so a long one needs no second copy. */
const LONGEST_ANSWER = 500;
const LONGEST_QUOTE = 80;

/** An answer was found: right or wrong. */
export const judged = (passed: boolean, answer: string | null, explanation: string): Score => ({
  value: passed ? 1 : 0,
  passed,
  answer: answer === null ? null : clip(answer, LONGEST_ANSWER),
  explanation,
});

/** Nothing to judge was found in the output, or nothing to judge it by in the case. Never a pass, negated or not. */
export const noAnswer = (explanation: string): Score => ({ value: null, passed: false, answer: null, explanation });

/** Compares what was read with what was expected, in a sentence. */
export const compared = (passed: boolean, answer: string, expected: string): Score =>
  judged(passed, answer, `Read ${quote(answer)}, ${passed ? 'as expected' : `expected ${quote(expected)}`}.`);

export const nothingExpected = noAnswer('The case has no expected value to compare with.');
export const emptyOutput = noAnswer('The output is empty.');

/** The expected value as text; null where the case expects nothing. */
export function expectedText(expected: JsonValue): string | null {
  if (expected === null) return null;
  return typeof expected === 'string' ? expected : JSON.stringify(expected);
}

/** The text that a scorer looks for: its argument, else what is expected; null where there is neither. */
export const soughtText = (args: string, expected: JsonValue): string | null =>
  args.trim() || expectedText(expected)?.trim() || null;

export const nothingSought = noAnswer(
  'There is no text to look for: the scorer has no argument and the case no expected value.',
);

/** Text on one line, cut where it is long, in quotation marks. */
export const quote = (text: string): string =>
  `"${clip(text.slice(0, 400).replace(/\s+/g, ' ').trim(), LONGEST_QUOTE)}"`;

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
