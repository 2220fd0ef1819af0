import { distance } from 'fastest-levenshtein';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { graded, readLeast, shown } from './shared/least.ts';
import { emptyOutput, expectedText, noAnswer, nothingExpected } from './shared/score.ts';

/** Takes about a quarter of a second. */
const LARGEST_PRODUCT = 1e9;

/**
 * 1 − (edits that turn the output into the expected text) ÷ (length of the longer one), by Levenshtein (1966): inserting, deleting or replacing a
 * character is an edit. Space at both ends does not count, case does. Lengths are in UTF-16 units. It takes time in the product of both
 * lengths, so that two very long texts are not compared.
 */
export const editDistance: PureScorer = {
  name: 'edit-distance',
  description: 'The output is nearly the expected text: 1 minus the edits a character is at least the argument.',
  argument: { needed: true, example: '0.9' },
  usesExpected: () => 'needed',
  prepare(args) {
    const least = readLeast('edit-distance', args);
    return (scored) => {
      const expected = expectedText(scored.expected)?.trim();
      if (expected === undefined) return nothingExpected;
      const output = scored.output.trim();
      if (output === '' && expected !== '') return emptyOutput;
      if (output.length * expected.length > LARGEST_PRODUCT) {
        return noAnswer('The output and the expected text are too long to be compared character by character.');
      }
      const edits = distance(output, expected);
      const value = 1 - edits / Math.max(output.length, expected.length, 1);
      return graded(value, least, output, `${edits} ${edits === 1 ? 'edit' : 'edits'} away: ${shown(value)} alike.`);
    };
  },
};
