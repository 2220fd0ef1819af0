import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { formatDuration, formatMoney, formatNumber } from '../../components/format.ts';
import classes from './breakdown.module.css';
import type { Breakdown } from './use-breakdown.ts';

const measures = ['latencyMs', 'costUsd', 'inputTokens', 'outputTokens'] as const;
type Measure = (typeof measures)[number];
type Distribution = NonNullable<Breakdown[Measure]>;
const percentiles = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;

const formats: Record<Measure, (value: number) => string> = {
  latencyMs: formatDuration,
  costUsd: formatMoney,
  inputTokens: formatNumber,
  outputTokens: formatNumber,
};

/** How what the answers took is spread: a histogram each, and its percentiles. */
export function RunDistributions({ breakdown }: { breakdown: Breakdown }) {
  const { t } = useTranslation('results');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      {measures.map((measure) => {
        const distribution = breakdown[measure];
        return (
          <Stack key={measure} gap={4} miw={0} component="section" aria-label={t(`spread.${measure}`)}>
            <Title order={3} size="sm">
              {t(`spread.${measure}`)}
            </Title>
            {distribution === null ? (
              <Text size="sm" c="dimmed">
                {t(`spread.none.${measure}`)}
              </Text>
            ) : (
              <Spread distribution={distribution} format={formats[measure]} name={t(`spread.${measure}`)} />
            )}
          </Stack>
        );
      })}
    </SimpleGrid>
  );
}

type SpreadProps = { distribution: Distribution; format: (value: number) => string; name: string };

function Spread({ distribution, format, name }: SpreadProps) {
  const { t } = useTranslation('results');
  const { n, min, max, p50, p95, bins } = distribution;
  const most = Math.max(...bins.map(({ count }) => count));
  const summary = t('spread.summary', { name, n: formatNumber(n), p50: format(p50), p95: format(p95) });
  return (
    <>
      <div className={classes.histogram} role="img" aria-label={summary}>
        {bins.map(({ from, to, count }, index) => {
          const last = index === bins.length - 1;
          const range = last ? t('spread.from', { from: format(from) }) : `${format(from)} – ${format(to)}`;
          return (
            <div
              key={from}
              className={classes.bar}
              style={{ height: `${(count / most) * 100}%` }}
              data-empty={count === 0}
              title={t('spread.bin', { range, n: formatNumber(count) })}
            />
          );
        })}
      </div>
      <div className={classes.ends} aria-hidden>
        <span>{format(min)}</span>
        <span>{format(max)}</span>
      </div>
      <BoxedTable label={summary} className={classes.table}>
        <thead>
          <tr>
            <th scope="col" data-numeric>
              n
            </th>
            {percentiles.map((share) => (
              <th key={share} scope="col" data-numeric>
                {share}
              </th>
            ))}
            <th scope="col" data-numeric>
              {t('spread.max')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td data-numeric>{formatNumber(n)}</td>
            {percentiles.map((share) => (
              <td key={share} data-numeric>
                {format(distribution[share])}
              </td>
            ))}
            <td data-numeric>{format(max)}</td>
          </tr>
        </tbody>
      </BoxedTable>
    </>
  );
}
