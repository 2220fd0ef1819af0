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
            });
      case 'silence':
        return t('condition.silence', { count: condition.hours });
      case 'budget':
        return t(`condition.${condition.period}`, { max: formatMoney(condition.maxUsd) });
    }
  };
  const evidenceText = (evidence: Evidence): string => {
    switch (evidence?.kind) {
      case undefined:
        return t('evidence.noProduction');
      case 'share': {
        const { number, passed, n, rate, interval, since } = evidence;
        if (rate === null) return t('evidence.noCalls', { number, since: formatDateTime(since) });
        return t('evidence.share', {
          ...{ number, passed: formatNumber(passed), n: formatNumber(n), rate: formatPercent(rate) },
          ...{ interval: formatInterval(interval), threshold: formatPercent(evidence.threshold) },
          since: formatDateTime(since),
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
