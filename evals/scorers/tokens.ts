import type { PureScorer } from '../../server/domain/scorer.ts';
import { rangeInWords, readRange } from './shared/range.ts';
import { judged } from './shared/score.ts';

/** The reply took so many output tokens, as the server counted them; reasoning that is billed as output counts. */
export const tokens: PureScorer = {
  name: 'tokens',
  description: 'The reply took a number of output tokens within the range that the argument states.',
  argument: { needed: true, example: '<=200' },
  prepare(args) {
    const range = readRange('tokens', args);
    return ({ reply }) => {
      const { outputTokens } = reply.usage;
      const passed = outputTokens >= range.least && outputTokens <= range.most;
      return judged(
        passed,
        String(outputTokens),
        `The reply took ${outputTokens} tokens; asked for: ${rangeInWords(range)}.`,
      );
    };
  },
};
