import { Text, Title } from '@mantine/core';
import { Check, CircleQuestionMark, type LucideIcon, TrendingDown, TrendingUp } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Tone, ToneBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { DifferenceWithInterval } from '../../../components/difference-with-interval.tsx';
import { formatDuration, formatMoney, formatNumber, formatP, formatPoints } from '../../../components/format.ts';
import { RateWithInterval } from '../../../components/rate-with-interval.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import type { Promised } from './quality.ts';

type Kept = Promised['scorers'][number];

const looks: Record<Kept['verdict'], { tone: Tone; icon: LucideIcon }> = {
  as_promised: { tone: 'pass', icon: Check },
  better: { tone: 'pass', icon: TrendingUp },
  worse: { tone: 'fail', icon: TrendingDown },
  cant_tell: { tone: 'plain', icon: CircleQuestionMark },
};
/** A drop of so many points is ruled out where it is as promised; the server's own margin. */
const MARGIN_POINTS = 5;

const keptColumn = columnsOf<Kept>();

/** Scorers that both sides have, with the verdict in words. */
export function PromiseTable({ scorers }: { scorers: readonly Kept[] }) {
  const { t } = useTranslation('quality');
  const columns = useMemo(
    () =>
      keptColumn.columns([
        keptColumn.accessor('scorer', {
          header: t('promised.scorer'),
          cell: ({ getValue }) => <span className="mono">{getValue()}</span>,
        }),
        keptColumn.accessor(({ promised }) => promised.passRate ?? undefined, {
          id: 'promised',
          header: t('promised.promised'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => <RateWithInterval {...original.promised} />,
        }),
        keptColumn.accessor(({ shown }) => shown.passRate ?? undefined, {
          id: 'shown',
          header: t('promised.shown'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => <RateWithInterval {...original.shown} />,
        }),
        keptColumn.accessor('difference', {
          header: t('promised.difference'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => <DifferenceWithInterval {...original} />,
        }),
        keptColumn.accessor('correctedPValue', {
          header: t('promised.p'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => (
            <span
              className="nowrap"
              title={t('promised.pTitle', { count: scorers.length, p: formatP(original.pValue) })}
            >
              {formatP(original.correctedPValue).replace(/^= /, '')}
            </span>
          ),
        }),
        keptColumn.accessor('verdict', {
          header: t('promised.verdict'),
          meta: { fill: true },
          cell: ({ row: { original } }) => <Verdict kept={original} />,
        }),
      ]),
    [t, scorers.length],
  );
  return <DataTable label={t('promised.title')} columns={columns} data={scorers} rowKey={({ scorer }) => scorer} />;
}

function Verdict({ kept: { verdict, detectable } }: { kept: Kept }) {
  const { t } = useTranslation('quality');
  return (
    <>
      <ToneBadge {...looks[verdict]} text={t(`promised.verdicts.${verdict}`)} />
      <Text size="xs" c="dimmed">
        {verdict === 'as_promised' && t('promised.asPromised', { points: MARGIN_POINTS })}
        {verdict === 'cant_tell' &&
          (detectable === null
            ? t('promised.notDetectable')
            : t('promised.detectable', { points: formatPoints(detectable).replace(/^\+/, '') }))}
      </Text>
    </>
  );
}

type Row = { id: string; name: string; promised: string; shown: React.ReactNode; n: number };
const rowColumn = columnsOf<Row>();

/** What users said, cost and latency: nothing is tested, they are set side by side. */
export function BesideTable({ promised }: { promised: Promised }) {
  const { t } = useTranslation('quality');
  const { feedback, costUsdPer1000Calls: cost, latencyP95Ms: latency } = promised;
  const rows: Row[] = [
    {
      id: 'thumbs',
      name: t('promised.thumbs'),
      promised: '–',
      n: feedback.n,
      shown: <RateWithInterval passRate={feedback.rate} interval={feedback.interval} n={feedback.n} />,
    },
    {
      id: 'cost',
      name: t('promised.cost'),
      n: cost.n,
      promised: formatMoney(cost.promised),
      shown: formatMoney(cost.shown),
    },
    {
      id: 'latency',
      name: t('promised.latency'),
      n: latency.n,
      promised: formatDuration(latency.promised),
      shown: formatDuration(latency.shown),
    },
  ];
  const columns = rowColumn.columns([
    rowColumn.accessor('name', { header: t('promised.figure') }),
    rowColumn.accessor('promised', { header: t('promised.promised'), meta: { numeric: true }, enableSorting: false }),
    rowColumn.display({
      id: 'shown',
      header: t('promised.shown'),
      meta: { numeric: true },
      cell: ({ row: { original } }) => original.shown,
    }),
    rowColumn.accessor('n', {
      header: t('promised.calls'),
      meta: { numeric: true },
      cell: ({ getValue }) => formatNumber(getValue()),
    }),
  ]);
  return (
    <div>
      <Title order={3} size="sm">
        {t('promised.beside')}
      </Title>
      <DataTable label={t('promised.beside')} columns={columns} data={rows} rowKey={({ id }) => id} />
    </div>
  );
}
