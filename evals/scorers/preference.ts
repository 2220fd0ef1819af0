import { type AssistedScorer, ScoringError } from '../../server/domain/scorer.ts';
import { type JudgeReply, judgeWith, questionOf, reasoningOf, verdictOf } from './shared/ask-judge.ts';
import { sumOfCosts } from './shared/costs.ts';
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
      const side = (reply: JudgeReply) => verdictOf(reply, sides);
      const [ahead, behind] = await bothOf([
        ask({ question, first: output, second: other }, side, signal),
        ask({ question, first: other, second: output }, side, signal),
      ]);
      const costUsd = sumOfCosts([ahead.costUsd, behind.costUsd]);
      const [asFirst, asSecond] = [ahead.said, behind.said];
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

/** Waits for both, for what one cost counts also where the other gives no verdict. */
async function bothOf<Reply extends { costUsd: number | null }>(
  asking: readonly [Promise<Reply>, Promise<Reply>],
): Promise<readonly [Reply, Reply]> {
  const [ahead, behind] = await Promise.allSettled(asking);
  if (ahead.status === 'fulfilled' && behind.status === 'fulfilled') return [ahead.value, behind.value];
  const reasons: unknown[] = [ahead, behind].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const failures = reasons.filter((reason) => reason instanceof ScoringError);
  const [first] = failures;
  if (first === undefined || failures.length < reasons.length) throw reasons[0];
  const costs = [ahead, behind].map((one) => (one.status === 'fulfilled' ? one.value.costUsd : undefined));
  const costUsd = sumOfCosts([...costs, ...failures.map((failure) => failure.costUsd)]);
  throw new ScoringError(first.code, first.message, { cause: first, costUsd });
}
