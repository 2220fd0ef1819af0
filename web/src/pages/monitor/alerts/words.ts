import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../../server/http/contract/index.ts';
import {
  formatDateTime,
  formatDuration,
  formatInterval,
  formatMoney,
  formatNumber,
  formatPercent,
} from '../../../components/format.ts';

export type Alerts = Answer<'GET /api/projects/:project/alerts'>;
export type Rule = Alerts['rules'][number];
export type Condition = Rule['condition'];
type Evidence = Rule['evidence'];
const isAnswered = (condition: Condition) => condition.kind === 'share' && condition.measure === 'answered';

/** What a rule asks and what it was held against, in the reader's language. */
export function useAlertWords() {
  const { t } = useTranslation('alerts');
  const conditionText = (condition: Condition): string => {
    switch (condition.kind) {
      case 'share':
        return condition.measure === 'latency'
          ? t('condition.latency', { prompt: condition.prompt, max: formatDuration(condition.maxMs) })
          : t(`condition.${condition.measure}`, {
              prompt: condition.prompt,
              threshold: formatPercent(condition.threshold),
              failing: formatPercent(1 - condition.threshold),
            });
      case 'silence':
        return t('condition.silence', { count: condition.hours });
      case 'budget':
        return t(`condition.${condition.period}`, { max: formatMoney(condition.maxUsd) });
    }
  };
  const evidenceText = (evidence: Evidence, condition: Condition): string => {
    switch (evidence?.kind) {
      case undefined:
        return t('evidence.noProduction');
      case 'share': {
        const { number, passed, n, rate, interval, since } = evidence;
        if (rate === null) return t('evidence.noCalls', { number, since: formatDateTime(since) });
        const common = { number, n: formatNumber(n), since: formatDateTime(since) };
        if (isAnswered(condition)) {
          const [lower, upper] = interval;
          return t('evidence.failing', {
            ...common,
            failed: formatNumber(n - passed),
            rate: formatPercent(1 - rate),
            interval: formatInterval([1 - upper, 1 - lower]),
            threshold: formatPercent(1 - evidence.threshold),
          });
        }
        return t('evidence.share', {
          ...common,
          passed: formatNumber(passed),
          rate: formatPercent(rate),
          interval: formatInterval(interval),
          threshold: formatPercent(evidence.threshold),
        });
      }
      case 'silence':
        return evidence.lastAt === null
          ? t('evidence.neverSign')
          : t('evidence.silence', { at: formatDateTime(evidence.lastAt) });
      case 'budget':
        return t('evidence.budget', {
          spent: formatMoney(evidence.spentUsd),
          forecast: formatMoney(evidence.forecastUsd),
          priced: formatNumber(evidence.priced),
          calls: formatNumber(evidence.calls),
        });
    }
  };
  return { conditionText, evidenceText };
}
