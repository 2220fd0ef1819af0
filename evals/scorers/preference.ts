import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf, reasoningOf, verdictOf } from './shared/ask-judge.ts';
import { expectedText, noAnswer } from './shared/score.ts';

const sides = ['first', 'second', 'tie'] as const;

/**
 * A judge model compares the output with the expected answer, or with the one in the variable that the argument names. It is asked twice with the positions
 * swapped, for judges favour a position (Zheng et al. 2023, "Judging LLM-as-a-judge"): where the two verdicts differ, neither is the better one.
 */
export const preference: AssistedScorer = {
  name: 'preference',
  description:
    'A judge model compares the output with another answer, twice with the positions swapped: passes where it prefers the output both times. A tie has the value 0.5.',
  argument: { needed: false, example: 'previous_answer' },
  needs: 'judge_model',
  prepare(args, tools) {
    const variable = args.trim();
    const ask = judgeWith(tools, 'preference', variable);
    return async (scored, signal) => {
      const other = expectedText(variable === '' ? scored.expected : (scored.variables[variable] ?? null));
      if (other === null) {
        return noAnswer(
          `The case has no ${variable === '' ? 'expected answer' : `variable "${variable}"`} to compare with.`,
        );
      }
      const { output } = scored;
      const question = questionOf(scored);
      const [ahead, behind] = await Promise.all([
        ask({ question, first: output, second: other }, signal),
        ask({ question, first: other, second: output }, signal),
      ]);
      const costUsd = ahead.costUsd === null || behind.costUsd === null ? null : ahead.costUsd + behind.costUsd;
      const [asFirst, asSecond] = [verdictOf({ ...ahead, costUsd }, sides), verdictOf({ ...behind, costUsd }, sides)];
      const wins = asFirst === 'first' && asSecond === 'second';
      const loses = asFirst === 'second' && asSecond === 'first';
      return {
        value: wins ? 1 : loses ? 0 : 0.5,
        passed: wins,
        answer: wins ? 'output' : loses ? 'other' : 'tie',
        explanation: `Output first (${asFirst}): ${reasoningOf(ahead)}\nOutput second (${asSecond}): ${reasoningOf(behind)}`,
        costUsd,
        judge: ahead.judge,
      };
    };
  },
};
