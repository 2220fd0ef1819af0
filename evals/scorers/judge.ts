import { invalid } from '../../server/domain/errors.ts';
import type { AssistedScorer, Score } from '../../server/domain/scorer.ts';
import { type JudgeReply, judgeWith, questionOf, reasoningOf, unreadable } from './shared/ask-judge.ts';
import { expectedText } from './shared/score.ts';

const passing = ['pass', 'passed', 'yes', 'true', '通过', '是'];
const failing = ['fail', 'failed', 'no', 'false', '不通过', '未通过', '否'];
/** The least score that passes, where the prompt asks for a score. */
const least = 0.5;

/**
 * A judge prompt of one's own, a prompt of the project: its templates may take `question`, `output`, `expected`, `mark` and the variables of the case. It replies with
 * JSON that holds `verdict` (pass or fail, yes or no) or `score` (0 to 1, passing from 0.5), or with one such word; `reasoning` is shown.
 */
export const judge: AssistedScorer = {
  name: 'judge',
  description:
    'A judge model is asked with a prompt of the project, which may use {{question}}, {{output}}, {{expected}} and the variables of the case.',
  argument: { needed: true, example: 'tone@2' },
  needs: 'judge_model',
  prepare(args, tools) {
    const reference = args.trim();
    if (!/^[^\s@]+(@[1-9]\d*)?$/.test(reference)) {
      throw invalid(
        'scorer_argument_invalid',
        `"${args}" names no judge prompt. Write the name of a prompt of the project, such as judge:tone, or one of its versions, as in judge:tone@2.`,
      );
    }
    const ask = judgeWith(tools, `project:${reference}`, '');
    return async (scored, signal) => {
      const { variables, output } = scored;
      const expected = expectedText(scored.expected);
      return (await ask({ ...variables, question: questionOf(scored), output, expected }, scoreOf, signal)).said;
    };
  },
};

function scoreOf(reply: JudgeReply): Score {
  const { costUsd, judge: digest } = reply;
  const { verdict, score } = reply.verdict;
  const rest = { explanation: reasoningOf(reply), costUsd, judge: digest };
  if (verdict !== undefined) {
    const word = String(verdict)
      .toLowerCase()
      .replace(/^[\s"'*]+|[\s"'*.。!！]+$/g, '');
    const passed = passing.includes(word);
    if (!passed && !failing.includes(word)) throw unreadable(JSON.stringify(reply.verdict), costUsd);
    return { value: passed ? 1 : 0, passed, answer: passed ? 'pass' : 'fail', ...rest };
  }
  if (typeof score !== 'number' || !(score >= 0 && score <= 1))
    throw unreadable(JSON.stringify(reply.verdict), costUsd);
  return { value: score, passed: score >= least, answer: String(score), ...rest };
}
