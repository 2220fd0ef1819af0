import type { PureScorer } from '../../server/domain/scorer.ts';
import { emptyOutput, judged, nothingSought, quote, soughtText } from './shared/score.ts';

/** The output starts with a text, character by character but for space at both ends. Case counts; write a `regex` where it must not. */
export const startsWith: PureScorer = {
  name: 'starts-with',
  description: 'The output starts with a text: the argument, else the expected value.',
  argument: { needed: false, example: 'Dear' },
  usesExpected: (args) => (args.trim() === '' ? 'needed' : null),
  prepare: (args) => (scored) => {
    const wanted = soughtText(args, scored.expected);
    if (wanted === null) return nothingSought;
    const output = scored.output.trim();
    if (output === '') return emptyOutput;
    const passed = output.startsWith(wanted);
    const part = output.slice(0, wanted.length);
    return judged(passed, part, `The output starts with ${quote(part)}${passed ? '' : `, not with ${quote(wanted)}`}.`);
  },
};
