import type { AssistedScorer, Score } from '../../server/domain/scorer.ts';
import { askedOfParts, because, prepareParts } from './shared/parts.ts';
import { noAnswer } from './shared/score.ts';

/**
 * Passes when each of several scorers passes; the value is the least of theirs. One that fails decides, whatever another could not judge; else that is an error, and
 * no answer is none.
 */
export const allOf: AssistedScorer = {
  name: 'all-of',
  description: 'Each of several scorers passes: a JSON list of them, as they are typed.',
  argument: { needed: true, example: '["contains:refund","not:refusal"]' },
  needs: 'scorers',
  prepare(args, tools) {
    const judge = prepareParts('all-of', args, tools);
    return async (scored, signal) => {
      const parts = await judge(scored, signal);
      const asked = askedOfParts(parts);
      const failed = parts.filter(({ score }) => score.value !== null && !score.passed);
      const unjudged = parts.find(({ score }) => score.failure !== undefined);
      const unread = parts.find(({ score }) => score.value === null && score.failure === undefined);
      if (failed.length === 0 && unjudged !== undefined) return { ...unjudged.score, ...asked };
      if (failed.length === 0 && unread !== undefined) return { ...noAnswer(unread.score.explanation), ...asked };
      const value = Math.min(...parts.map(({ score }) => score.value ?? 0));
      return verdict(
        failed.length === 0,
        value,
        failed.length === 0 ? `All ${parts.length} scorers pass.` : because(failed),
        asked,
      );
    };
  },
};

const verdict = (
  passed: boolean,
  value: number,
  explanation: string,
  asked: Pick<Score, 'costUsd' | 'judge'>,
): Score => ({
  value,
  passed,
  explanation,
  answer: passed ? 'pass' : 'fail',
  ...asked,
});
