import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf } from './shared/ask-judge.ts';
import { contextsMissing, contextsOf, itemScore, itemsOf, readRetrievalArguments } from './shared/judge-items.ts';
import { expectedText, noAnswer, nothingExpected } from './shared/score.ts';

/** Share of the expected answer's claims that the context supports (RAGAS, "context recall"). */
export const contextRecall: AssistedScorer = {
  name: 'context-recall',
  description:
    'Share of the claims in the expected answer that the context of the case supports, as a judge model lists and judges them. Passes where all are, or the share named.',
  argument: { needed: false, example: 'contexts,0.8' },
  needs: 'judge_model',
  prepare(args, tools) {
    const { variable, least } = readRetrievalArguments('context-recall', args);
    const ask = judgeWith(tools, 'context-recall', variable ?? '');
    return async (scored, signal) => {
      const expected = expectedText(scored.expected);
      const contexts = contextsOf(scored, variable);
      if (expected === null) return nothingExpected;
      if (contexts.length === 0) return contextsMissing(variable);
      const reply = await ask(
        { question: questionOf(scored), context: contexts.join('\n\n'), expected },
        itemsOf,
        signal,
      );
      const { said: items } = reply;
      if (items.length === 0)
        return { ...noAnswer('The expected answer makes no claim.'), costUsd: reply.costUsd, judge: reply.judge };
      return itemScore(reply, items, least);
    };
  },
};
