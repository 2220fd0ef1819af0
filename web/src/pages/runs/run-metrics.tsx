import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { formatNumber } from '../../components/format.ts';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import classes from './breakdown.module.css';
import { RateScale } from './rate-scale.tsx';
import type { Breakdown } from './use-breakdown.ts';

/** Each of several scorers by itself: by which of them the run fails. */
export function RunMetrics({ metrics }: { metrics: Breakdown['byScorer'] }) {
  const { t } = useTranslation('results');
  if (metrics.length < 2) return null;
  const title = t('breakdown.byScorer');
  return (
    <Stack gap={4} miw={0}>
      <BoxedTable label={title} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className={classes.wide}>
              {t('breakdown.passRate')}
            </th>
            <th scope="col" data-numeric>
              {t('breakdown.mean')}
            </th>
            <th scope="col" data-numeric>
              {t('breakdown.noAnswer')}
            </th>
            <th scope="col" data-numeric>
              {t('breakdown.notJudged')}
            </th>
          </tr>
        </thead>
        <tbody>
          {metrics.map((row) => (
            <tr key={row.scorer}>
              <th scope="row" title={row.scorer}>
                <span className={row.metric === row.scorer ? 'mono' : undefined}>{shortened(row.metric)}</span>
              </th>
              <td>
                <RateScale rates={row} />
                <RateWithInterval {...row} />
              </td>
              <td data-numeric>{row.mean === null ? '–' : formatNumber(row.mean, 2)}</td>
              <td data-numeric>{formatNumber(row.noAnswer)}</td>
              <td data-numeric>{formatNumber(row.errors)}</td>
            </tr>
          ))}
        </tbody>
      </BoxedTable>
      <Text size="xs" c="dimmed">
        {t('breakdown.byScorerHelp')}
      </Text>
    </Stack>
  );
}

const longest = 60;
const shortened = (metric: string) => (metric.length > longest ? `${metric.slice(0, longest - 1)}…` : metric);
