import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { type JudgeReply, judgeWith, questionOf, unreadable } from './shared/ask-judge.ts';
import { contextsMissing, contextsOf, itemScore, itemsOf, readRetrievalArguments } from './shared/judge-items.ts';
import { expectedText, nothingExpected } from './shared/score.ts';

/** Whether the passages that help come first: the mean, over those that help, of the share of helpful ones down to their rank (RAGAS, "context precision"). */
export const contextPrecision: AssistedScorer = {
  name: 'context-precision',
  description:
    'Whether the passages that help to arrive at the expected answer stand before the others, as a judge model sees them (average precision).',
  argument: { needed: false, example: 'contexts,0.8' },
  needs: 'judge_model',
  prepare(args, tools) {
    const { variable, least } = readRetrievalArguments('context-precision', args);
    const ask = judgeWith(tools, 'context-precision', variable ?? '');
    return async (scored, signal) => {
      const expected = expectedText(scored.expected);
      const contexts = contextsOf(scored, variable);
      if (expected === null) return nothingExpected;
      if (contexts.length === 0) return contextsMissing(variable);
      const oneEach = (reply: JudgeReply) => {
        const items = itemsOf(reply);
        if (items.length !== contexts.length) throw unreadable(JSON.stringify(reply.verdict), reply.costUsd);
        return items;
      };
      const about = { question: questionOf(scored), expected, contexts: JSON.stringify(contexts) };
      const reply = await ask(about, oneEach, signal);
      return itemScore(reply, reply.said, least, averagePrecision(reply.said.map(({ holds }) => holds)));
    };
  },
};

function averagePrecision(helpful: readonly boolean[]): number {
  let [found, sum] = [0, 0];
  for (const [index, helps] of helpful.entries()) {
    if (!helps) continue;
    found += 1;
    sum += found / (index + 1);
  }
  return found === 0 ? 0 : sum / found;
}
