import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { Duration } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import classes from './results.module.css';
import { Expected, inputText, Output, type Result } from './verdict-text.tsx';

type Props = {
  results: readonly Result[];
  /** Leaves out what the panel beside it shows. */
  narrow: boolean;
  openId: number | undefined;
  onOpen: (id: number) => void;
};

const column = columnsOf<Result>();
/** So much of a text is enough to know the case by. */
const SHOWN = 220;

/** Results a row each, in the order in which `j` and `k` go through them: expected against output. */
export function ResultsTable({ results, narrow, openId, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const columns = useColumns(
    narrow,
    results.some(({ confidence }) => confidence !== null),
  );
  return (
    <DataTable
      label={t('results.title')}
      columns={columns}
      data={results}
      rowKey={({ id }) => String(id)}
      onOpen={({ id }) => onOpen(id)}
      openKey={openId === undefined ? null : String(openId)}
      maxHeight={narrow ? 'calc(100vh - 90px)' : undefined}
    />
  );
}

/** The confidence has a column where any model gave one. */
function useColumns(narrow: boolean, sure: boolean) {
  const { t } = useTranslation('runs');
  return useMemo(() => {
    const verdict = column.columns([
      column.display({
        id: 'outcome',
        header: t('result.outcome'),
        cell: ({ row: { original } }) => <OutcomeBadge outcome={original.outcome} />,
      }),
      column.display({
        id: 'input',
        header: t('result.input'),
        meta: { fill: true },
        cell: ({ row: { original } }) => (
          <>
            <span className="mono dim">{original.caseKey}</span>
            {original.repeat > 0 && <span className="dim"> {t('result.repeat', { repeat: original.repeat + 1 })}</span>}
            <span className={classes.clamped}>{inputText(original).slice(0, SHOWN)}</span>
          </>
        ),
      }),
      column.display({
        id: 'output',
        header: t('result.output'),
        meta: { fill: true },
        cell: ({ row: { original } }) => (
          <div className={classes.short}>
            <span className={classes.clamped}>
              <Output result={original} length={SHOWN} />
            </span>
          </div>
        ),
      }),
    ]);
    const expected = column.display({
      id: 'expected',
      header: t('result.expected'),
      cell: ({ row: { original } }) => (
        <div className={classes.short}>
          <span className={classes.clamped}>
            <Expected result={original} length={SHOWN} />
          </span>
        </div>
      ),
    });
    const confidence = column.display({
      id: 'confidence',
      header: t('result.confidence'),
      meta: { numeric: true },
      cell: ({ row: { original } }) => (
        <span title={t('result.confidenceWhy')}>
          {original.confidence === null ? '–' : formatPercent(original.confidence, 0)}
        </span>
      ),
    });
    const rest = column.columns([
      ...(sure ? [confidence] : []),
      column.display({
        id: 'category',
        header: t('category'),
        cell: ({ row: { original } }) => original.review?.category || <span className="dim">–</span>,
      }),
      column.display({
        id: 'split',
        header: t('splitLabel'),
        cell: ({ row: { original } }) => t(`common:split.${original.split}`),
      }),
      column.display({
        id: 'latency',
        header: t('result.latency'),
        meta: { numeric: true },
        cell: ({ row: { original } }) =>
          original.fromCache ? <span className="dim">{t('result.cached')}</span> : <Duration ms={original.latencyMs} />,
      }),
    ]);
    const [outcome, input, output] = verdict;
    return narrow ? verdict : column.columns([outcome, input, expected, output, ...rest]);
  }, [narrow, sure, t]);
}
