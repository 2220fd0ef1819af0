import { invalid } from '../../server/domain/errors.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { lastNumber, type ReadNumber } from './shared/read-number.ts';
import { expectedText, judged, noAnswer, nothingExpected, quote } from './shared/score.ts';

type Tolerance = { size: number; isRelative: boolean };

/**
 * The last number in the output is within a tolerance of the expected one: `number:0.01` is absolute, `number:1%` relative to the expected number;
 * without an argument they must be equal. No number is no answer. Sets write shares either way, so where only one side has a per cent
 * sign, 12% equals both 12 and 0.12.
 */
export const number: PureScorer = {
  name: 'number',
  description: 'The last number in the output is within a tolerance of the expected one.',
  argument: { needed: false, example: '0.01' },
  usesExpected: () => 'needed',
  prepare(args) {
    const tolerance = parseTolerance(args);
    return ({ output, expected }) => {
      const text = expectedText(expected);
      if (text === null) return nothingExpected;
      const wanted = lastNumber(text);
      if (wanted === null) return noAnswer(`The expected value ${quote(text)} is not a number.`);
      const read = lastNumber(output);
      if (read === null) return noAnswer('Found no number in the output.');
      const passed = readings(read, wanted).some((value) => isWithin(value, wanted.value, tolerance));
      const range = args === '' ? '' : ` ± ${args.trim()}`;
      return judged(passed, String(read.value), `Read ${quote(read.text)}, expected ${quote(wanted.text)}${range}.`);
    };
  },
};

function parseTolerance(args: string): Tolerance {
  const [, digits, percent] = /^\s*(\d+(?:\.\d+)?|\.\d+)?\s*(%?)\s*$/.exec(args) ?? [];
  if (args !== '' && digits === undefined) {
    throw invalid('scorer_argument_invalid', `The scorer number takes a tolerance such as 0.01 or 1%, not "${args}".`);
  }
  return { size: Number(digits ?? 0) / (percent ? 100 : 1), isRelative: percent === '%' };
}

const readings = (read: ReadNumber, wanted: ReadNumber): number[] =>
  read.isPercent === wanted.isPercent
    ? [read.value]
    : [read.value, read.isPercent ? read.value / 100 : read.value * 100];

/** With room for the rounding of binary fractions: 1.11 is within 0.01 of 1.1. */
function isWithin(value: number, wanted: number, { size, isRelative }: Tolerance): boolean {
  const rounding = 1e-12 * Math.max(Math.abs(value), Math.abs(wanted));
  return Math.abs(value - wanted) <= (isRelative ? size * Math.abs(wanted) : size) + rounding;
}
