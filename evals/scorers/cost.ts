import { invalid } from '../../server/domain/errors.ts';
import { type PureScorer, ScoringError } from '../../server/domain/scorer.ts';
import { judged } from './shared/score.ts';

/** The call cost no more than the argument says, in US dollars, a kept reply as much as when it was made. Without a price it can't judge. */
export const cost: PureScorer = {
  name: 'cost',
  description: 'The call cost no more US dollars than the argument says.',
  argument: { needed: true, example: '0.002' },
  prepare(args) {
    const most = Number(args.trim().replace(/^\$/, ''));
    if (args.trim() === '' || !(most >= 0)) {
      throw invalid('scorer_argument_invalid', `The scorer cost needs US dollars, such as cost:0.002, not "${args}".`);
    }
    return ({ reply }) => {
      if (reply.costUsd === null) {
        throw new ScoringError('not_measured', 'What the call cost is not known: the model has no price.');
      }
      const usd = `$${reply.costUsd.toPrecision(3)}`;
      return judged(reply.costUsd <= most, usd, `The call cost ${usd}; asked for: at most $${most}.`);
    };
  },
};
