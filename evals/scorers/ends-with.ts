import type { PureScorer } from '../../server/domain/scorer.ts';
import { emptyOutput, judged, nothingSought, quote, soughtText } from './shared/score.ts';

/** The output ends with a text, character by character but for space at both ends. Case counts; write a `regex` where it must not. */
export const endsWith: PureScorer = {
  name: 'ends-with',
  description: 'The output ends with a text: the argument, else the expected value.',
  argument: { needed: false, example: 'Kind regards' },
  usesExpected: (args) => (args.trim() === '' ? 'needed' : null),
  prepare: (args) => (scored) => {
    const wanted = soughtText(args, scored.expected);
    if (wanted === null) return nothingSought;
    const output = scored.output.trim();
    if (output === '') return emptyOutput;
    const passed = output.endsWith(wanted);
    const part = output.slice(-wanted.length);
    return judged(passed, part, `The output ends with ${quote(part)}${passed ? '' : `, not with ${quote(wanted)}`}.`);
  },
};
