import type { PureScorer } from '../../server/domain/scorer.ts';
import { emptyOutput, expectedText, judged, noAnswer, quote } from './shared/score.ts';

/** The output starts with a text, character by character but for space at both ends. Case counts; write a `regex` where it must not. */
export const startsWith: PureScorer = {
  name: 'starts-with',
  description: 'The output starts with a text: the argument, else the expected value.',
  argument: { needed: false, example: 'Dear' },
  prepare: (args) => (scored) => {
    const wanted = (args.trim() || expectedText(scored.expected)?.trim()) ?? '';
    if (wanted === '') {
      return noAnswer('There is no text to look for: the scorer has no argument and the case no expected value.');
    }
    const output = scored.output.trim();
    if (output === '') return emptyOutput;
    const passed = output.startsWith(wanted);
    const part = output.slice(0, wanted.length);
    return judged(passed, part, `The output starts with ${quote(part)}${passed ? '' : `, not with ${quote(wanted)}`}.`);
  },
};
