import type { PureScorer } from '../../server/domain/scorer.ts';
import { fold } from './shared/phrases.ts';
import { judged, nothingSought, quote, soughtText } from './shared/score.ts';

/**
 * The output contains a text: the argument, else the expected value. Case and width do not count (`Refund`, `ＲＥＦＵＮＤ`), since this
 * asks whether something is mentioned; use `regex` where they do. Runs of space equal one space, so that a line break within a phrase
 * does not hide it. An output without the text fails: it was read and lacks it, which `not:contains:…` asks for.
 */
export const contains: PureScorer = {
  name: 'contains',
  description: 'The output contains a text, whatever its case: the argument, else the expected value.',
  argument: { needed: false, example: 'refund' },
  usesExpected: (args) => (args.trim() === '' ? 'needed' : null),
  prepare: (args) => (scored) => {
    const wanted = soughtText(args, scored.expected);
    if (wanted === null) return nothingSought;
    const passed = fold(scored.output).includes(fold(wanted));
    return judged(passed, passed ? wanted : null, `The output ${passed ? 'contains' : 'lacks'} ${quote(wanted)}.`);
  },
};
