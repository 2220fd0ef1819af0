import type { PureScorer } from '../../server/domain/scorer.ts';
import { fold, phrasesOf } from './shared/phrases.ts';
import { judged, noAnswer, quote } from './shared/score.ts';

/**
 * The output contains at least one of several texts: the argument with commas between or as a JSON list, else the expected list. Case, width and the
 * kind of space do not count, as in `contains`.
 */
export const containsAny: PureScorer = {
  name: 'contains-any',
  description:
    'The output contains one of several texts or more, whatever their case: of the argument, else of the expected ones.',
  argument: { needed: false, example: 'refund, seven days' },
  prepare(args) {
    const given = phrasesOf(args);
    return ({ output, expected }) => {
      const wanted = given.length > 0 ? given : phrasesOf(expected);
      if (wanted.length === 0) {
        return noAnswer('There are no texts to look for: the scorer has no argument and the case no expected value.');
      }
      const text = fold(output);
      const found = wanted.filter((phrase) => text.includes(fold(phrase)));
      const answer = found.length === 0 ? null : found.join(', ');
      const explanation =
        answer === null
          ? `The output lacks each of ${quote(wanted.join(', '))}.`
          : `The output contains ${quote(answer)}.`;
      return judged(found.length > 0, answer, explanation);
    };
  },
};
