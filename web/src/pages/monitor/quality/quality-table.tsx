import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../components/data-table.tsx';
import { formatNumber } from '../../../components/format.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { RateWithInterval } from '../../../components/rate-with-interval.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { sliceTime } from '../slice-time.ts';
import classes from '../trends.module.css';
import type { NameOf, Point, Quality } from './quality.ts';

type ReleaseRow = Quality['releases'][number];
const releaseColumn = columnsOf<ReleaseRow>();
const pointColumn = columnsOf<Point>();

type ReleasesProps = { project: string; releases: Quality['releases']; scorer: string | undefined; nameOf: NameOf };

/** What the calls of each release came to, newest first; the counts lead to the calls. */
export function ReleaseRates({ project, releases, scorer, nameOf }: ReleasesProps) {
  const { t } = useTranslation('quality');
  const columns = useMemo(() => {
    const calls = (scored: 'failed' | 'error', count: number, release: number | null) =>
      count === 0 || release === null ? (
        formatNumber(count)
      ) : (
        <AnchorLink
          to="/projects/$project/monitor"
          params={{ project }}
          search={(before) => ({ ...before, release, scored, scoredBy: scorer })}
          hash="observations"
          aria-label={t('table.see', { count, release: nameOf(release) })}
          inherit
        >
          {formatNumber(count)}
        </AnchorLink>
      );
    return releaseColumn.columns([
      releaseColumn.accessor('release', {
        header: t('monitor:list.release'),
        cell: ({ getValue }) => <span className="nowrap">{nameOf(getValue())}</span>,
      }),
      releaseColumn.accessor('calls', {
        header: t('table.calls'),
        meta: { numeric: true },
        cell: ({ getValue }) => formatNumber(getValue()),
      }),
      releaseColumn.accessor(({ rates }) => rates.passRate ?? undefined, {
        id: 'rate',
        header: t('table.rate'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => <RateWithInterval {...original.rates} />,
      }),
      releaseColumn.accessor(({ rates }) => rates.failed, {
        id: 'failed',
        header: t('table.failed'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => calls('failed', original.rates.failed, original.release),
      }),
      releaseColumn.accessor(({ rates }) => rates.noAnswer, {
        id: 'noAnswer',
        header: t('table.noAnswer'),
        meta: { numeric: true },
      }),
      releaseColumn.accessor(({ rates }) => rates.errors, {
        id: 'errors',
        header: t('table.errors'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => calls('error', original.rates.errors, original.release),
      }),
    ]);
  }, [t, project, scorer, nameOf]);
  return (
    <DataTable
      label={t('table.releases')}
      columns={columns}
      data={releases}
      rowKey={({ release }) => String(release)}
      maxHeight={300}
    />
  );
}

type PointsProps = { points: readonly Point[]; sliceMs: number; nameOf: NameOf };

/** The points of the chart, newest first. */
export function PointTable({ points, sliceMs, nameOf }: PointsProps) {
  const { t } = useTranslation('quality');
  const rows = useMemo(() => points.toReversed(), [points]);
  const time = (at: string) => <span className="nowrap">{sliceTime(Date.parse(at), sliceMs)}</span>;
  const columns = pointColumn.columns([
    pointColumn.accessor('from', { header: t('table.from'), cell: ({ getValue }) => time(getValue()) }),
    pointColumn.accessor('to', { header: t('table.to'), cell: ({ getValue }) => time(getValue()) }),
    pointColumn.accessor('release', {
      header: t('monitor:list.release'),
      cell: ({ getValue }) => <span className="nowrap">{nameOf(getValue())}</span>,
    }),
    pointColumn.accessor(({ rates }) => rates.passRate ?? undefined, {
      id: 'rate',
      header: t('chart.rate'),
      meta: { numeric: true },
      cell: ({ row: { original } }) => <RateWithInterval {...original.rates} />,
    }),
    pointColumn.accessor(({ rates }) => rates.errors, {
      id: 'errors',
      header: t('table.errors'),
      meta: { numeric: true },
    }),
  ]);
  return (
    <details className={classes.table}>
      <summary>{t('chart.table', { count: rows.length })}</summary>
      <DataTable
        label={t('title')}
        columns={columns}
        data={rows}
        rowKey={({ from, release }) => `${from} ${release}`}
        maxHeight={300}
      />
    </details>
  );
}
