import { invalid } from '../../server/domain/errors.ts';
import type { PureScorer } from '../../server/domain/scorer.ts';
import { judged } from './shared/score.ts';

const reasons = ['stop', 'length', 'content_filter', 'tool_calls', 'other'];

/** The reply ended for the reason that the argument names: `stop` unless said, which a reply that was cut off at its token limit does not have. */
export const finishReason: PureScorer = {
  name: 'finish-reason',
  description: 'The reply ended by itself, or for the reason that the argument names.',
  argument: { needed: false, example: 'stop' },
  prepare(args) {
    const wanted = args.trim() || 'stop';
    if (!reasons.includes(wanted)) {
      throw invalid('scorer_argument_invalid', `The scorer finish-reason knows ${reasons.join(', ')}, not "${args}".`);
    }
    return ({ reply }) =>
      judged(
        reply.finishReason === wanted,
        reply.finishReason,
        `The reply ended with "${reply.finishReason}"; asked for: "${wanted}".`,
      );
  },
};
