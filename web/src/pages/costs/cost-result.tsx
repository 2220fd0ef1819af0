import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CostSearch } from '../../app/routes/cost-search.ts';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { formatMoney, formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { CostBars } from './cost-bars.tsx';
import { CostTable } from './cost-table.tsx';
import { type Change, cheapestFirst, type Plan } from './plan.ts';

type Props = { plan: Plan; search: CostSearch; change: Change; project: string | undefined };

/** More bars than these are no picture any more. */
const mostBars = 15;
const BAR_HEIGHT = 25;

/** What a call was taken to be, the cheapest models as bars, and all of them as a table. */
export function CostResult({ plan, search, change, project }: Props) {
  const { t } = useTranslation('costs');
  const { usage, measured, callsPerMonth, maxCostUsdPer1000Calls: limit, dataMayLeave, models } = plan;
  const drawn = cheapestFirst(models.filter(({ cost }) => cost !== null)).slice(0, mostBars);
  const tokens = (count: number) => formatNumber(Math.round(count));
  const call = t('call', {
    in: tokens(usage.inputTokens),
    cached: tokens(usage.cachedInputTokens),
    out: tokens(usage.outputTokens),
    calls: tokens(callsPerMonth),
  });
  return (
    <>
      <Text aria-live="polite">
        {call} {measured !== null && t('measured', { count: measured })}
      </Text>
      {project !== undefined && (
        <Text size="sm">
          {limit === null ? t('limit.none') : t('limit.is', { limit: formatMoney(limit) })}{' '}
          {dataMayLeave === false && `${t('limit.stays')} `}
          <AnchorLink to="/projects/$project/scope" params={{ project }} inherit underline="always">
            {t('limit.toScope')}
          </AnchorLink>
        </Text>
      )}
      <ChartFrame
        title={t('chart.title')}
        summary={`${t('chart.summary', { count: drawn.length, all: models.length })} ${project === undefined ? '' : t('chart.out')}`}
        height={drawn.length * BAR_HEIGHT + 16}
        chart={<CostBars models={drawn} limit={limit} label={t('chart.title')} />}
        table={<CostTable plan={plan} search={search} change={change} />}
      />
      <Text size="xs" c="dimmed" maw={900}>
        {t('notes.prices', { date: plan.table.date })} {t('prices:table.sources')} {t('notes.reasoning')}{' '}
        {t('notes.time')}
      </Text>
    </>
  );
}
