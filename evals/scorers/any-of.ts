import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { askedOfParts, because, prepareParts } from './shared/parts.ts';
import { noAnswer } from './shared/score.ts';

/**
 * Passes when at least one of several scorers passes; the value is the highest of theirs. One that passes decides, whatever another could not judge; else that is an
 * error. Where none finds an answer there is none.
 */
export const anyOf: AssistedScorer = {
  name: 'any-of',
  description: 'At least one of several scorers passes: a JSON list of them, as they are typed.',
  argument: { needed: true, example: '["exact","number:1%"]' },
  needs: 'scorers',
  prepare(args, tools) {
    const judge = prepareParts('any-of', args, tools);
    return async (scored, signal) => {
      const parts = await judge(scored, signal);
      const asked = askedOfParts(parts);
      const passed = parts.filter(({ score }) => score.passed);
      const unjudged = parts.find(({ score }) => score.failure !== undefined);
      if (passed.length === 0 && unjudged !== undefined) return { ...unjudged.score, ...asked };
      if (parts.every(({ score }) => score.value === null)) return { ...noAnswer(because(parts)), ...asked };
      const value = Math.max(...parts.map(({ score }) => score.value ?? 0));
      const answer = passed.length > 0 ? 'pass' : 'fail';
      return {
        value,
        passed: passed.length > 0,
        answer,
        explanation: because(passed.length > 0 ? passed : parts),
        ...asked,
      };
    };
  },
};
