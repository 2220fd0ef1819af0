import { invalid } from '../../server/domain/errors.ts';
import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf, reasoningOf, verdictOf } from './shared/ask-judge.ts';

/** A judge model says whether the output meets the criterion that the argument states. The judge sees what was asked and the output, not the expected value. */
export const rubric: AssistedScorer = {
  name: 'rubric',
  description: 'A judge model says whether the output meets a criterion that is written in plain words.',
  argument: { needed: true, example: 'The answer apologises and names the next step' },
  needs: 'judge_model',
  prepare(args, tools) {
    const criterion = args.trim();
    if (criterion === '') {
      throw invalid(
        'scorer_argument_invalid',
        'The scorer rubric needs a criterion, such as rubric:The answer apologises and names the next step.',
      );
    }
    const ask = judgeWith(tools, 'rubric', criterion);
    return async (scored, signal) => {
      const about = { criterion, output: scored.output, question: questionOf(scored) };
      const reply = await ask(about, (given) => verdictOf(given, ['pass', 'fail']), signal);
      const { said, costUsd, judge } = reply;
      const passed = said === 'pass';
      return { value: passed ? 1 : 0, passed, answer: said, explanation: reasoningOf(reply), costUsd, judge };
    };
  },
};
