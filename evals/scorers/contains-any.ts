import type { PureScorer } from '../../server/domain/scorer.ts';
import { noPhrases, phraseFinder } from './shared/phrases.ts';
import { judged, quote } from './shared/score.ts';

/**
 * The output contains at least one of several texts: the argument with commas between or as a JSON list, else the expected list. Case, width and the
 * kind of space do not count, as in `contains`.
 */
export const containsAny: PureScorer = {
  name: 'contains-any',
  description:
    'The output contains one of several texts or more, whatever their case: of the argument, else of the expected ones.',
  argument: { needed: false, example: 'refund, seven days' },
  usesExpected: (args) => (args.trim() === '' ? 'needed' : null),
  prepare(args) {
    const find = phraseFinder(args);
    return (scored) => {
      const phrases = find(scored);
      if (phrases === null) return noPhrases;
      const { wanted, found } = phrases;
      const answer = found.length === 0 ? null : found.join(', ');
      const explanation =
        answer === null
          ? `The output lacks each of ${quote(wanted.join(', '))}.`
          : `The output contains ${quote(answer)}.`;
      return judged(found.length > 0, answer, explanation);
    };
  },
};
