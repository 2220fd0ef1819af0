import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { formatInterval, formatNumber, formatPercent } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { categoriesOf, type Iteration, pointOf } from './trend-reading.ts';

const column = columnsOf<Iteration>();

type Props = { project: string; iterations: readonly Iteration[] };

/** The numbers of the trend, newest iteration first; each leads to its failures. */
export function CategoryTrendTable({ project, iterations }: Props) {
  const { t } = useTranslation('improve');
  const rows = useMemo(() => iterations.toReversed(), [iterations]);
  const categories = useMemo(() => categoriesOf(iterations), [iterations]);
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('run', {
          header: t('trend.run'),
          cell: ({ row: { original } }) => (
            <AnchorLink to="/projects/$project/improve" params={{ project }} search={{ run: original.run }} inherit>
              #{original.run}
            </AnchorLink>
          ),
        }),
        column.accessor('version', { header: t('trend.version'), cell: ({ getValue }) => `v${getValue()}` }),
        column.accessor('setVersion', { header: t('trend.set'), cell: ({ getValue }) => `v${getValue()}` }),
        column.accessor('n', { header: t('trend.cases'), meta: { numeric: true } }),
        column.accessor('failed', { header: t('trend.failed'), meta: { numeric: true } }),
        column.accessor('unsorted', { header: t('trend.unsorted'), meta: { numeric: true } }),
        ...categories.map((category) =>
          column.accessor((iteration) => pointOf(iteration, category)?.share, {
            id: `of ${category}`,
            header: category,
            meta: { numeric: true },
            cell: ({ row: { original } }) => <Cell iteration={original} category={category} />,
          }),
        ),
      ]),
    [t, project, categories],
  );
  return (
    <DataTable
      label={t('trend.title')}
      columns={columns}
      data={rows}
      rowKey={({ run }) => String(run)}
      maxHeight={360}
    />
  );
}

function Cell({ iteration, category }: { iteration: Iteration; category: string }) {
  const { t } = useTranslation('improve');
  const point = pointOf(iteration, category);
  if (point === null) return <span className="dim">{t('trend.unknown')}</span>;
  const { cases, share, interval, atLeast } = point;
  return (
    <span className="nowrap">
      {atLeast ? t('trend.atLeast', { cases: formatNumber(cases) }) : formatNumber(cases)} · {formatPercent(share)}{' '}
      <span className="dim">{formatInterval(interval)}</span>
    </span>
  );
}
