import type { AssistedScorer } from '../../server/domain/scorer.ts';
import { judgeWith, questionOf } from './shared/ask-judge.ts';
import { contextsMissing, contextsOf, itemScore, itemsOf, readRetrievalArguments } from './shared/judge-items.ts';
import { noAnswer } from './shared/score.ts';

/** Share of the output's claims that the context supports (RAGAS: Es et al. 2023, "faithfulness"), listed and judged in one reply. */
export const faithfulness: AssistedScorer = {
  name: 'faithfulness',
  description:
    'Share of the claims in the output that the context of the case supports, as a judge model lists and judges them. Passes where all are, or the share named.',
  argument: { needed: false, example: 'contexts,0.8' },
  needs: 'judge_model',
  prepare(args, tools) {
    const { variable, least } = readRetrievalArguments('faithfulness', args);
    const ask = judgeWith(tools, 'faithfulness', variable ?? '');
    return async (scored, signal) => {
      const contexts = contextsOf(scored, variable);
      if (contexts.length === 0) return contextsMissing(variable);
      const { output } = scored;
      const reply = await ask(
        { question: questionOf(scored), context: contexts.join('\n\n'), output },
        itemsOf,
        signal,
      );
      const { said: items } = reply;
      if (items.length === 0)
        return { ...noAnswer('The output makes no claim.'), costUsd: reply.costUsd, judge: reply.judge };
      return itemScore(reply, items, least);
    };
  },
};
