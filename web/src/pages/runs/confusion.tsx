import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunSearch } from '../../app/routes/run-search.ts';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { formatNumber } from '../../components/format.ts';
import type { Run } from '../../components/use-runs.ts';
import classes from './breakdown.module.css';
import { ResultsLink } from './results-link.tsx';
import type { Breakdown } from './use-breakdown.ts';

type Matrix = NonNullable<Breakdown['confusion']>;
type Column = Matrix['columns'][number];
type Cell = Matrix['rows'][number]['cells'][number];

/** What was expected against what was answered: a cell leads to its cases. */
export function Confusion({ run, confusion }: { run: Run; confusion: Breakdown['confusion'] }) {
  const { t } = useTranslation('results');
  const columnName = useColumnName();
  if (confusion === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('confusion.none')}
      </Text>
    );
  }
  const { columns, rows } = confusion;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('confusion.about')}
      </Text>
      <BoxedTable label={t('confusion.title')} className={`${classes.table} ${classes.matrix}`}>
        <thead>
          <tr>
            <th scope="col">{t('confusion.corner')}</th>
            {columns.map((column) => (
              <th key={keyOf(column)} scope="col" data-numeric data-special={column.type !== 'answer'}>
                {columnName(column)}
              </th>
            ))}
            <th scope="col" data-numeric data-special>
              {t('confusion.sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, cells }) => {
            const sum = cells.reduce((total, { count }) => total + count, 0);
            return (
              <tr key={label ?? ''}>
                <th scope="row">{label ?? t('confusion.otherLabels')}</th>
                {cells.map((cell, index) => (
                  <MatrixCell
                    key={keyOf(columns[index])}
                    run={run}
                    label={label}
                    cell={cell}
                    sum={sum}
                    column={columns[index]}
                  />
                ))}
                <td data-numeric>{formatNumber(sum)}</td>
              </tr>
            );
          })}
        </tbody>
      </BoxedTable>
    </>
  );
}

type CellProps = { run: Run; label: string | null; column: Column | undefined; cell: Cell; sum: number };

function MatrixCell({ run, label, column, cell: { count, passed }, sum }: CellProps) {
  const { t } = useTranslation('results');
  const columnName = useColumnName();
  const filter = column && filterOf(label, column);
  const answer = column === undefined ? '' : columnName(column);
  const tone = passed * 2 > count ? 'pass' : column?.type === 'answer' ? 'fail' : 'none';
  return (
    <td
      data-numeric
      style={
        count === 0
          ? undefined
          : { background: `color-mix(in srgb, var(--w-${tone}-ground) ${40 + (count / sum) * 60}%, transparent)` }
      }
    >
      {count === 0 || filter === undefined ? (
        <span className={count === 0 ? 'dim' : undefined}>{formatNumber(count)}</span>
      ) : (
        <ResultsLink run={run} filter={filter} label={t('confusion.cell', { count, label, answer })}>
          {formatNumber(count)}
        </ResultsLink>
      )}
    </td>
  );
}

/** Which results a cell counts; undefined where several labels or answers stand in it. */
function filterOf(label: string | null, column: Column): RunSearch | undefined {
  if (label === null) return undefined;
  if (column.type === 'answer') return { label, answer: column.answer };
  return column.type === 'other_answers' ? undefined : { label, outcome: column.type };
}

const keyOf = (column: Column | undefined): string =>
  column?.type === 'answer' ? `=${column.answer}` : (column?.type ?? '');

function useColumnName(): (column: Column) => string {
  const { t } = useTranslation('results');
  return (column) => (column.type === 'answer' ? column.answer : t(`confusion.column.${column.type}`));
}
