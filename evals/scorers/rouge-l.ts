import type { PureScorer } from '../../server/domain/scorer.ts';
import { graded, readLeast, shown } from './shared/least.ts';
import { expectedText, noAnswer, nothingExpected } from './shared/score.ts';
import { termsOf } from './shared/words.ts';

/** Takes about half a second. */
const LARGEST_PRODUCT = 1e8;

/**
 * ROUGE-L of Lin (2004), https://aclanthology.org/W04-1013: F1 of the longest common subsequence of words, over the whole text, as `rougeL` of Google's
 * rouge-score without stemming. Words are in lower case and without punctuation; letters beyond ASCII count here, and Chinese is segmented by
 * ICU's dictionary. It takes time in the product of both lengths, so that two very long texts are not compared.
 */
export const rougeL: PureScorer = {
  name: 'rouge-l',
  description:
    'The longest sequence of words that the output shares with the expected text, as F1, is at least the argument.',
  argument: { needed: true, example: '0.5' },
  usesExpected: () => 'needed',
  prepare(args) {
    const least = readLeast('rouge-l', args);
    return (scored) => {
      const expected = expectedText(scored.expected);
      if (expected === null) return nothingExpected;
      const [output, wanted] = [termsOf(scored.output), termsOf(expected)];
      if (wanted.length === 0) return noAnswer('The expected text has no words.');
      if (output.length === 0) return noAnswer('The output has no words.');
      if (output.length * wanted.length > LARGEST_PRODUCT) {
        return noAnswer('The output and the expected text are too long to be compared word by word.');
      }
      const common = longestCommon(output, wanted);
      const value = (2 * common) / (output.length + wanted.length);
      const counts = `${common} common in order, ${output.length} in the output, ${wanted.length} expected`;
      return graded(value, least, scored.output.trim(), `ROUGE-L ${shown(value)}; words: ${counts}.`);
    };
  },
};

/** Length of the longest common subsequence, row by row. */
function longestCommon(output: readonly string[], wanted: readonly string[]): number {
  const lengths = new Uint32Array(wanted.length + 1);
  for (const word of output) {
    let diagonal = 0;
    for (let at = 0; at < wanted.length; at++) {
      const above = lengths[at + 1] ?? 0;
      lengths[at + 1] = word === wanted[at] ? diagonal + 1 : Math.max(above, lengths[at] ?? 0);
      diagonal = above;
    }
  }
  return lengths[wanted.length] ?? 0;
}
