import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf } from './shared/ask-judge.ts';
import { itemScore, itemsOf, readRetrievalArguments } from './shared/judge-items.ts';
import { emptyOutput, noAnswer } from './shared/score.ts';

/**
 * Share of the output's statements that bear on the question. This is the definition of DeepEval; RAGAS compares embeddings of questions made up from the
 * answer, which takes a second model and says nothing of which statement strays.
 */
export const answerRelevance: AssistedScorer = {
  name: 'answer-relevance',
  description:
    'Share of the statements in the output that bear on the question, as a judge model lists and judges them. Passes where all do, or the share named.',
  argument: { needed: false, example: '0.8' },
  needs: 'judge_model',
  prepare(args, tools) {
    const { least } = readRetrievalArguments('answer-relevance', args);
    const ask = judgeWith(tools, 'answer-relevance', '');
    return async (scored, signal) => {
      const { output } = scored;
      if (output.trim() === '') return emptyOutput;
      const reply = await ask({ question: questionOf(scored), output }, itemsOf, signal);
      const { said: items } = reply;
      if (items.length === 0)
        return { ...noAnswer('The output makes no statement.'), costUsd: reply.costUsd, judge: reply.judge };
      return itemScore(reply, items, least);
    };
  },
};
