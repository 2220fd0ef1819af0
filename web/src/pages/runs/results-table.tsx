import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { CommentSign } from '../../components/comment-sign.tsx';
import { Duration, Money, Tokens } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { type ResultColumn, resultColumns, useResultColumns } from './result-columns.tsx';
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

/** Those that were chosen; the confidence only where any model gave one. */
function useColumns(narrow: boolean, sure: boolean) {
  const { t } = useTranslation('runs');
  const [chosen] = useResultColumns();
  return useMemo(() => {
    const outcome = column.display({
      id: 'outcome',
      header: t('result.outcome'),
      cell: ({ row: { original } }) => <OutcomeBadge outcome={original.outcome} />,
    });
    const shown = narrow
      ? (['input', 'output'] as const)
      : resultColumns.filter((id) => chosen.includes(id) && (id !== 'confidence' || sure));
    const others = shown.map((id) =>
      column.display({
        id,
        header: t(`results:columns.${id}`),
        meta: { fill: FILLING.has(id), numeric: NUMERIC.has(id) },
        cell: ({ row: { original } }) => <Cell id={id} result={original} />,
      }),
    );
    return column.columns([outcome, ...others]);
  }, [narrow, sure, chosen, t]);
}

const FILLING: ReadonlySet<ResultColumn> = new Set(['input', 'output']);
const NUMERIC: ReadonlySet<ResultColumn> = new Set(['confidence', 'tokens', 'cost', 'latency']);

function Cell({ id, result }: { id: ResultColumn; result: Result }) {
  const { t } = useTranslation('runs');
  switch (id) {
    case 'input':
      return <Input result={result} />;
    case 'expected':
      return (
        <Short>
          <Expected result={result} length={SHOWN} />
        </Short>
      );
    case 'output':
      return (
        <Short>
          <Output result={result} length={SHOWN} />
        </Short>
      );
    case 'answer':
      return <Short>{result.scores[0]?.answer ?? <span className="dim">–</span>}</Short>;
    case 'confidence':
      return (
        <span title={t('result.confidenceWhy')}>
          {result.confidence === null ? '–' : formatPercent(result.confidence, 0)}
        </span>
      );
    case 'category':
      return result.review?.category || <span className="dim">–</span>;
    case 'verdict': {
      const verdict = result.review?.verdict ?? null;
      return verdict === null ? <span className="dim">–</span> : <OutcomeBadge outcome={verdict} />;
    }
    case 'tags':
      return result.tags.join(', ');
    case 'split':
      return t(`common:split.${result.split}`);
    case 'tokens':
      return <Tokens input={result.inputTokens} output={result.outputTokens} />;
    case 'cost':
      return <Money usd={result.costUsd} />;
    case 'latency':
      return result.fromCache ? <span className="dim">{t('result.cached')}</span> : <Duration ms={result.latencyMs} />;
  }
}

function Input({ result }: { result: Result }) {
  const { t } = useTranslation('runs');
  return (
    <>
      <span className="mono dim">{result.caseKey}</span> <CommentSign id={String(result.id)} />
      {result.repeat > 0 && <span className="dim"> {t('result.repeat', { repeat: result.repeat + 1 })}</span>}
      <span className={classes.clamped}>{inputText(result).slice(0, SHOWN)}</span>
    </>
  );
}

const Short = ({ children }: { children: ReactNode }) => (
  <div className={classes.short}>
    <span className={classes.clamped}>{children}</span>
  </div>
);
