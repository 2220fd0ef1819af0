import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from './data-table.tsx';
import { DateTime } from './figures.tsx';
import classes from './iteration-chart.module.css';
import type { Baseline, Point, Series } from './iteration-points.ts';
import { JudgeMarks } from './judge-mark.tsx';
import { AnchorLink } from './link.tsx';
import { ModelName } from './model-name.tsx';
import { RateWithInterval } from './rate-with-interval.tsx';
import { columnsOf } from './table-columns.ts';

/** A point, or the line of a classifier that was trained on the dev labels. */
type Row = Pick<Point, 'set' | 'setVersion' | 'split' | 'n' | 'passRate' | 'interval'> &
  Partial<Point & { model: string; standIn: boolean; labelsUsed: number }>;
type Props = { project: string; series: readonly Series[]; baselines: readonly Baseline[] };

const column = columnsOf<Row>();
/** Rows that are read at once. */
const PAGE = 100;

/** The drawing as a table: what trained classifiers reached, then the points, newest first, each with the way to its run. */
export function IterationTable({ project, series, baselines }: Props) {
  const { t } = useTranslation('runs');
  const columns = useColumns(project);
  const points = useMemo(
    () =>
      series
        .flatMap(({ model, standIn, segments }) => segments.flat().map((point) => ({ ...point, model, standIn })))
        .sort((a, b) => b.iteration - a.iteration),
    [series],
  );
  const rows = useMemo(() => {
    const different = new Map(baselines.map((one) => [`${one.set}@${one.setVersion}`, one]));
    return [...[...different.values()].map((one): Row => ({ ...one, split: 'dev' })), ...points];
  }, [points, baselines]);
  return (
    <details className={classes.table}>
      <summary>{t('chart.table', { count: points.length })}</summary>
      <DataTable
        label={t('chart.title')}
        columns={columns}
        data={rows}
        rowKey={({ run, split, set, setVersion }) => `${run ?? `${set}@${setVersion}`} ${split}`}
        maxHeight={320}
        pageSize={PAGE}
      />
    </details>
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('runs');
  return useMemo(
    () =>
      column.columns([
        column.accessor('iteration', { header: t('chart.iteration'), meta: { numeric: true } }),
        column.accessor('run', {
          header: t('run'),
          cell: ({ getValue }) =>
            getValue() !== undefined && (
              <AnchorLink to="/projects/$project/runs/$run" params={{ project, run: String(getValue()) }} inherit>
                #{getValue()}
              </AnchorLink>
            ),
        }),
        column.accessor(
          ({ prompt, version, labelsUsed }) =>
            labelsUsed === undefined ? `${prompt}@${version}` : t('chart.baseline', { count: labelsUsed }),
          { id: 'version', header: t('version') },
        ),
        column.accessor('model', {
          header: t('common:model.label'),
          cell: ({
            row: {
              original: { model, standIn = false },
            },
          }) => model && <ModelName model={model} standIn={standIn} />,
        }),
        column.accessor('split', { header: t('splitLabel'), cell: ({ getValue }) => t(`common:split.${getValue()}`) }),
        column.accessor('passRate', {
          header: t('passRate'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => (
            <>
              <RateWithInterval {...original} /> <JudgeMarks judges={original.judges ?? []} />
            </>
          ),
        }),
        column.accessor('noAnswer', { header: t('noAnswer'), meta: { numeric: true } }),
        column.accessor('errors', { header: t('errors'), meta: { numeric: true } }),
        column.accessor(({ set, setVersion }) => `${set}@${setVersion}`, { id: 'set', header: t('set') }),
        column.accessor(({ scorers }) => scorers?.join(', '), { id: 'scorers', header: t('scorersLabel') }),
        column.accessor('createdAt', {
          header: t('started'),
          cell: ({ row: { original } }) => original.createdAt && <DateTime at={original.createdAt} />,
        }),
      ]),
    [project, t],
  );
}
