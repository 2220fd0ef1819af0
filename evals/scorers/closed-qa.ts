import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf, reasoningOf, verdictOf } from './shared/ask-judge.ts';
import { expectedText, nothingExpected } from './shared/score.ts';

/** A judge model says whether the output answers the question by the criterion of the argument, else by the case's expected value (OpenAI evals, `closedqa.yaml`). */
export const closedQa: AssistedScorer = {
  name: 'closed-qa',
  description:
    'A judge model says whether the output answers the question as a criterion asks: the argument, else the expected value of the case.',
  argument: { needed: false, example: 'It names the capital of France' },
  needs: 'judge_model',
  prepare(args, tools) {
    const given = args.trim();
    const ask = judgeWith(tools, 'closed-qa', given);
    return async (scored, signal) => {
      const criterion = given === '' ? expectedText(scored.expected) : given;
      if (criterion === null) return nothingExpected;
      const about = { criterion, output: scored.output, question: questionOf(scored) };
      const reply = await ask(about, (given) => verdictOf(given, ['yes', 'no']), signal);
      const { said, costUsd, judge } = reply;
      const passed = said === 'yes';
      return { value: passed ? 1 : 0, passed, answer: said, explanation: reasoningOf(reply), costUsd, judge };
    };
  },
};
