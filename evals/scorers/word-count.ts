import type { PureScorer } from '../../server/domain/scorer.ts';
import { readRange } from './shared/range.ts';
import { judged } from './shared/score.ts';
import { wordsOf } from './shared/words.ts';

/**
 * The number of words: `<=100`, `>=20`, `50-120` or `100`. "don't" is one word; Chinese is segmented by ICU's dictionary, so that a word of two characters
 * is one. An output without words has 0.
 */
export const wordCount: PureScorer = {
  name: 'word-count',
  description: 'The output has as many words as the argument allows; Chinese words are counted as such.',
  argument: { needed: true, example: '<=100' },
  prepare(args) {
    const { least, most } = readRange('word-count', args);
    return ({ output }) => {
      const count = wordsOf(output).length;
      const counted = `The output has ${count} ${count === 1 ? 'word' : 'words'}`;
      const passed = count >= least && count <= most;
      return judged(passed, String(count), passed ? `${counted}.` : `${counted}, not ${args.trim()}.`);
    };
  },
};
