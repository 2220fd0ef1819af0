import type { PureScorer } from '../../server/domain/scorer.ts';
import { noPhrases, phraseFinder } from './shared/phrases.ts';
import { judged, quote } from './shared/score.ts';

/**
 * The output contains each of several texts: the argument with commas between or as a JSON list, else the expected list. Case, width and the kind of
 * space do not count, as in `contains`. The value is the share of them that are there; only all of them pass.
 */
export const containsAll: PureScorer = {
  name: 'contains-all',
  description:
    'The output contains every one of several texts, whatever their case: those of the argument, else the expected ones.',
  argument: { needed: false, example: 'refund, seven days' },
  usesExpected: (args) => (args.trim() === '' ? 'needed' : null),
  prepare(args) {
    const find = phraseFinder(args);
    return (scored) => {
      const phrases = find(scored);
      if (phrases === null) return noPhrases;
      const { wanted, found } = phrases;
      const lacking = wanted.filter((phrase) => !found.includes(phrase));
      const answer = found.length === 0 ? null : found.join(', ');
      const explanation =
        lacking.length === 0 ? 'The output contains each of them.' : `The output lacks ${quote(lacking.join(', '))}.`;
      return { ...judged(lacking.length === 0, answer, explanation), value: found.length / wanted.length };
    };
  },
};
