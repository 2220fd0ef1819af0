import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { formatDuration, formatMoney, formatNumber, formatPercent } from '../../components/format.ts';
import type { Bucket, Monitored } from './observation.ts';
import { ReleaseLegend } from './release-legend.tsx';
import { sliceTime } from './slice-time.ts';
import { countsOf, figuresOf, type ReleaseSeries, seriesOf, slicesOf, total } from './slices.ts';
import { TrendChart, type TrendLine } from './trend-chart.tsx';
import { type Measure, TrendTable } from './trend-table.tsx';
import classes from './trends.module.css';

type NameOf = (release: number | null) => string;
type Props = {
  monitored: Monitored;
  days: number;
  /** When it was read: the charts end there. */
  now: number;
  /** Shows this release alone. */
  release: number | undefined;
  /** Ids of all releases, oldest first. */
  known: readonly number[];
  nameOf: NameOf;
};

/** Volume, feedback, latency, failures and cost over time, a line a release. */
export function Trends({ monitored: { sliceMs, buckets: all }, days, now, release, known, nameOf }: Props) {
  const { t } = useTranslation('monitor');
  const slices = useMemo(() => slicesOf({ sliceMs, days, now }), [sliceMs, days, now]);
  const series = useMemo(
    () => seriesOf(all, slices, known).filter((one) => release === undefined || one.release === release),
    [all, slices, known, release],
  );
  const buckets = useMemo(
    () => all.filter((bucket) => release === undefined || bucket.release === release),
    [all, release],
  );
  const names = useMemo(() => slices.map((start) => sliceTime(start, sliceMs)), [slices, sliceMs]);
  if (buckets.length === 0) return <Text c="dimmed">{t('chart.noCalls', { count: days })}</Text>;
  return (
    <Stack gap="sm">
      <Group gap="xs 16px" justify="space-between">
        <ReleaseLegend series={series} nameOf={nameOf} label={t('chart.legend')} />
        <Text size="sm" c="dimmed">
          {t(`chart.slices.${sliceName(sliceMs)}`)} {t('chart.lastSlice')}
        </Text>
      </Group>
      <Charts series={series} buckets={buckets} sliceMs={sliceMs} slices={names} nameOf={nameOf} />
    </Stack>
  );
}

const sliceName = (sliceMs: number) =>
  sliceMs <= 3_600_000 ? 'hour' : sliceMs < 86_400_000 ? 'sixHours' : sliceMs === 86_400_000 ? 'day' : 'week';

type ChartsProps = {
  series: readonly ReleaseSeries[];
  buckets: readonly Bucket[];
  sliceMs: number;
  slices: string[];
  nameOf: NameOf;
};

function Charts(props: ChartsProps) {
  const { t } = useTranslation('monitor');
  const { series, buckets, nameOf } = props;
  const calls = total(buckets, ({ count }) => count);
  const [up, down] = [total(buckets, (bucket) => bucket.up), total(buckets, (bucket) => bucket.down)];
  const cost = buckets.some(({ costUsd }) => costUsd !== null) ? total(buckets, ({ costUsd }) => costUsd) : null;
  const failed = total(buckets, (bucket) => bucket.failed);
  const all = calls + failed + total(buckets, (bucket) => bucket.unrecorded);
  const slowest = Math.max(...buckets.map(({ latencyMaxMs }) => latencyMaxMs ?? Number.NEGATIVE_INFINITY));
  const lines = (figure: (one: ReleaseSeries) => (number | null)[], of?: string, second = false): TrendLine[] =>
    series.map((one) => {
      const name = nameOf(one.release);
      return {
        name: of === undefined ? name : t('chart.lineOf', { name, of }),
        look: one.look,
        second,
        values: figure(one),
      };
    });
  const measure = (id: Measure['id'], value: Measure['value'], format: Measure['format'], header: string) => ({
    id,
    value,
    format,
    header,
  });
  const reported = measure('calls', ofAll, formatNumber, t('chart.calls'));
  const volume = measure('calls', ({ count }) => count, formatNumber, t('chart.calls'));
  return (
    <div className={classes.charts}>
      <Trend
        {...props}
        title={t('chart.volume')}
        summary={t('chart.volumeIs', { count: all, calls: formatNumber(all) })}
        lines={lines((one) => countsOf(one, ofAll))}
        measures={[reported]}
        whole
      />
      <Trend
        {...props}
        title={t('chart.feedback')}
        summary={t('chart.feedbackIs', { up, down, calls: formatNumber(calls) })}
        whole
        format={unsigned}
        nothing={up + down === 0 ? t('chart.noFeedback') : undefined}
        lines={[
          ...lines((one) => countsOf(one, (bucket) => bucket.up), t('feedback.up')),
          ...lines((one) => countsOf(one, (bucket) => -bucket.down), t('feedback.down'), true),
        ]}
        measures={[
          volume,
          measure('up', (bucket) => bucket.up, formatNumber, t('feedback.up')),
          measure('down', (bucket) => bucket.down, formatNumber, t('feedback.down')),
        ]}
      />
      <Trend
        {...props}
        title={t('chart.latency')}
        summary={t('chart.latencyIs', {
          slowest: Number.isFinite(slowest) ? formatDuration(slowest) : '–',
          calls: formatNumber(calls),
        })}
        nothing={Number.isFinite(slowest) ? undefined : t('chart.noLatency')}
        lines={[
          ...lines((one) => figuresOf(one, ({ latencyMeanMs }) => latencyMeanMs), t('chart.mean')),
          ...lines((one) => figuresOf(one, ({ latencyMaxMs }) => latencyMaxMs), t('chart.max'), true),
        ]}
        measures={[
          volume,
          measure('mean', ({ latencyMeanMs }) => latencyMeanMs, formatDuration, t('chart.mean')),
          measure('max', ({ latencyMaxMs }) => latencyMaxMs, formatDuration, t('chart.max')),
        ]}
      />
      <Trend
        {...props}
        title={t('failedCalls:share')}
        summary={t('failedCalls:shareOf', { failed: formatNumber(failed), calls: formatNumber(all) })}
        nothing={failed === 0 ? t('failedCalls:none', { calls: formatNumber(all) }) : undefined}
        lines={lines((one) => figuresOf(one, failedShare))}
        measures={[
          reported,
          measure('failed', (bucket) => bucket.failed, formatNumber, t('failedCalls:failed')),
          measure('share', failedShare, formatPercent, t('failedCalls:share')),
        ]}
      />
      <Trend
        {...props}
        title={t('chart.cost')}
        summary={t('chart.costIs', { cost: formatMoney(cost), calls: formatNumber(calls) })}
        nothing={cost === null ? t('chart.noCost') : undefined}
        lines={lines((one) => figuresOf(one, ({ costUsd }) => costUsd))}
        measures={[volume, measure('cost', ({ costUsd }) => costUsd, formatMoney, t('chart.cost'))]}
      />
    </div>
  );
}

const ofAll = ({ count, failed, unrecorded }: Bucket) => count + failed + unrecorded;
const failedShare = (bucket: Bucket) => bucket.failed / ofAll(bucket);

/** Thumbs down are drawn below the line, not as less than none. */
const unsigned = (value: number) => formatNumber(Math.abs(value));

type TrendProps = ChartsProps & {
  title: string;
  summary: string;
  /** Why there is nothing to draw. */
  nothing?: string;
  lines: readonly TrendLine[];
  measures: readonly Measure[];
  whole?: boolean;
  /** Of the axis, where it is not that of the last measure. */
  format?: (value: number) => string;
};

function Trend({
  title,
  summary,
  nothing,
  lines,
  measures,
  buckets,
  sliceMs,
  slices,
  nameOf,
  whole = false,
  format,
}: TrendProps) {
  return (
    <ChartFrame
      title={title}
      summary={summary}
      height={nothing === undefined ? 220 : 80}
      chart={
        nothing === undefined ? (
          <TrendChart
            summary={`${title}. ${summary}`}
            slices={slices}
            lines={lines}
            format={format ?? measures.at(-1)?.format ?? formatNumber}
            whole={whole}
          />
        ) : (
          <p className={classes.nothing}>{nothing}</p>
        )
      }
      table={<TrendTable label={title} buckets={buckets} sliceMs={sliceMs} measures={measures} nameOf={nameOf} />}
    />
  );
}
