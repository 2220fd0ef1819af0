import type { AlertEvent, AlertState } from '../../domain/alert.ts';
import type { ConditionView, EvidenceView } from './alerts.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const usd = (amount: number) => `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
const words = { scores: 'pass the scorers', feedback: 'get a thumbs-up' } as const;

/** What a rule asks, in one line. */
export function conditionText(condition: ConditionView): string {
  switch (condition.kind) {
    case 'share':
      return shareText(condition);
    case 'silence':
      return `no answered call for ${condition.hours} h`;
    case 'budget':
      return `cost of the ${condition.period} above ${usd(condition.maxUsd)}`;
  }
}

function shareText(condition: Extract<ConditionView, { kind: 'share' }>): string {
  const { prompt, measure, threshold } = condition;
  switch (measure) {
    case 'latency':
      return `${prompt}: p95 latency above ${condition.maxMs} ms`;
    case 'answered':
      return `${prompt}: more than ${percent(1 - threshold)} of calls fail`;
    default:
      return `${prompt}: fewer than ${percent(threshold)} of calls ${words[measure]}`;
  }
}

/** What it was held against, in one line. */
export function evidenceText(evidence: EvidenceView | null, condition: ConditionView): string {
  switch (evidence?.kind) {
    case undefined:
      return 'nothing is in production';
    case 'share': {
      const { rate, interval, n, passed, number } = evidence;
      if (rate === null) return `release ${number}: no calls that count yet`;
      if (condition.kind === 'share' && condition.measure === 'answered') {
        const [least, most] = interval.map((bound) => percent(1 - bound)).reverse();
        return `release ${number}: ${n - passed} of ${n} failed (${percent(1 - rate)}, interval ${least} to ${most}), allowed ${percent(1 - evidence.threshold)}`;
      }
      const [lo, hi] = interval.map(percent);
      return `release ${number}: ${passed} of ${n} (${percent(rate)}, interval ${lo} to ${hi}), asked ${percent(evidence.threshold)}`;
    }
    case 'silence':
      return evidence.lastAt === null ? 'nothing was ever reported' : `last sign at ${evidence.lastAt}`;
    case 'budget':
      return `${usd(evidence.spentUsd)} so far, ${usd(evidence.forecastUsd)} by its end (${evidence.priced} of ${evidence.calls} calls have a cost)`;
  }
}

const eventWords: Readonly<Record<AlertEvent['kind'], string>> = {
  fired: 'Alert',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
};

/** An event in one line, without anything that a call contained. */
export const eventText = (
  project: string,
  event: { kind: AlertEvent['kind']; condition: ConditionView; evidence: EvidenceView | null },
): string =>
  `${eventWords[event.kind]} in ${project}: ${conditionText(event.condition)}. ${evidenceText(event.evidence, event.condition)}.`;

export const stateWords: Readonly<Record<AlertState, string>> = {
  ok: 'ok',
  firing: 'FIRING',
  acknowledged: 'acknowledged',
};
