import { invalid } from '../../server/domain/errors.ts';
import { type PureScorer, ScoringError } from '../../server/domain/scorer.ts';
import { judged } from './shared/score.ts';

const form = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>ms|s)?$/;

/** The reply took no longer than the argument says, as in `2s` or `800ms`, retries included; a kept reply as long as when it was made. */
export const latency: PureScorer = {
  name: 'latency',
  description: 'The reply took no longer than the argument says.',
  argument: { needed: true, example: '2s' },
  prepare(args) {
    const parts = form.exec(args.trim())?.groups;
    if (parts === undefined) {
      throw invalid(
        'scorer_argument_invalid',
        `The scorer latency needs a time, such as latency:2s or latency:800ms, not "${args}".`,
      );
    }
    const most = Number(parts.number) * (parts.unit === 's' ? 1000 : 1);
    return ({ reply }) => {
      if (reply.latencyMs === null) {
        throw new ScoringError(
          'not_measured',
          'How long the reply took is not known: it was kept by an earlier version. Run again without the cache.',
        );
      }
      const took = Math.round(reply.latencyMs);
      return judged(reply.latencyMs <= most, `${took} ms`, `The reply took ${took} ms; asked for: at most ${most} ms.`);
    };
  },
};
