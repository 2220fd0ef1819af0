import type { PureScorer } from '../../server/domain/scorer.ts';
import { rangeInWords, readRange } from './shared/range.ts';
import { judged } from './shared/score.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The output has so many characters, as people count them: an emoji or a Chinese character is one. Space at both ends does not count. */
export const length: PureScorer = {
  name: 'length',
  description: 'The output has a number of characters within the range that the argument states.',
  argument: { needed: true, example: '<=280' },
  prepare(args) {
    const range = readRange('length', args);
    return ({ output }) => {
      const characters = charactersIn(output.trim());
      const passed = characters >= range.least && characters <= range.most;
      return judged(
        passed,
        String(characters),
        `The output has ${characters} characters; asked for: ${rangeInWords(range)}.`,
      );
    };
  },
};

/** A text in ASCII need not be segmented. */
const charactersIn = (text: string): number =>
  /^[ -~\n\t]*$/.test(text) ? text.length : [...graphemes.segment(text)].length;
