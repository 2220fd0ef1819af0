import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import type { Bucket } from './observation.ts';
import { sliceTime } from './slice-time.ts';
import classes from './trends.module.css';

/** A figure that the table shows of each slice. */
export type Measure = {
  id: string;
  header: string;
  value: (bucket: Bucket) => number | null;
  format: (value: number) => string;
};
type Props = {
  label: string;
  buckets: readonly Bucket[];
  sliceMs: number;
  measures: readonly Measure[];
  nameOf: (release: number | null) => string;
};

const column = columnsOf<Bucket>();

/** The numbers of a chart, newest first. */
export function TrendTable({ label, buckets, sliceMs, measures, nameOf }: Props) {
  const { t } = useTranslation('monitor');
  const rows = useMemo(() => buckets.toReversed(), [buckets]);
  const columns = column.columns([
    column.accessor('start', {
      header: t('chart.from'),
      cell: ({ getValue }) => <span className="nowrap">{sliceTime(Date.parse(getValue()), sliceMs)}</span>,
    }),
    column.accessor(({ release }) => nameOf(release), {
      id: 'release',
      header: t('list.release'),
      cell: ({ getValue }) => <span className="nowrap">{getValue()}</span>,
    }),
    ...measures.map(({ id, header, value, format }) =>
      column.accessor((bucket) => value(bucket) ?? undefined, {
        id,
        header,
        meta: { numeric: true },
        cell: ({ getValue }) => {
          const figure = getValue();
          return figure === undefined ? '–' : format(figure);
        },
      }),
    ),
  ]);
  return (
    <details className={classes.table}>
      <summary>{t('chart.table', { count: rows.length })}</summary>
      <DataTable
        label={label}
        columns={columns}
        data={rows}
        rowKey={({ start, release }) => `${start} ${release}`}
        maxHeight={300}
      />
    </details>
  );
}
