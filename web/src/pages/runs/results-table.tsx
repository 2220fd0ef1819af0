import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CommentSign } from '../../components/comment-sign.tsx';
import { Money, ReplyTime, Tokens } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import type { PagedColumn } from '../../components/paged-table-row.tsx';
import { type ResultColumn, resultColumns, useResultColumns } from './result-columns.tsx';
import { Expected, inputText, Output, type Result } from './verdict-text.tsx';

type Props = {
  count: number;
  rowAt: (index: number) => Result | undefined;
  /** Whether any of the model's answers says how sure it was. */
  sure: boolean;
  /** Leaves out what the panel beside it shows. */
  narrow: boolean;
  openId: number | undefined;
  openIndex: number | undefined;
  onOpen: (index: number) => void;
  onDrawn: (first: number, last: number) => void;
};

/** So much of a text is enough to know the case by. */
const SHOWN = 220;

/** Results a row each, in the order in which `j` and `k` go through them: expected against output. */
export function ResultsTable({ sure, narrow, openId, ...rows }: Props) {
  const { t } = useTranslation('runs');
  const columns = useColumns(narrow, sure);
  return (
    <PagedTable
      label={t('results.title')}
      columns={columns}
      openKey={openId}
      maxHeight={narrow ? 'calc(100vh - 116px)' : '70vh'}
      {...rows}
    />
  );
}

/** Those that were chosen; the confidence only where any model gave one. */
function useColumns(narrow: boolean, sure: boolean): PagedColumn<Result>[] {
  const { t } = useTranslation('runs');
  const [chosen] = useResultColumns();
  return useMemo(() => {
    const outcome: PagedColumn<Result> = {
      id: 'outcome',
      header: t('result.outcome'),
      width: 116,
      cell: (result) => <OutcomeBadge outcome={result.outcome} />,
    };
    const shown = narrow
      ? (['input', 'output'] as const)
      : resultColumns.filter((id) => chosen.includes(id) && (id !== 'confidence' || sure));
    const others = shown.map((id) => ({
      id,
      header: t(`results:columns.${id}`),
      width: WIDTHS[id],
      numeric: NUMERIC.has(id),
      cell: (result: Result) => <Cell id={id} result={result} />,
    }));
    return [outcome, ...others];
  }, [narrow, sure, chosen, t]);
}

/** In pixels; the others share the room that is left. */
const WIDTHS: { [Column in ResultColumn]?: number } = {
  expected: 150,
  answer: 150,
  confidence: 96,
  category: 130,
  verdict: 110,
  tags: 150,
  split: 100,
  tokens: 120,
  cost: 90,
  latency: 90,
};
const NUMERIC: ReadonlySet<ResultColumn> = new Set(['confidence', 'tokens', 'cost', 'latency']);

function Cell({ id, result }: { id: ResultColumn; result: Result }) {
  const { t } = useTranslation('runs');
  switch (id) {
    case 'input':
      return <Input result={result} />;
    case 'expected':
      return <Expected result={result} length={SHOWN} />;
    case 'output':
      return <Output result={result} length={SHOWN} />;
    case 'answer':
      return result.scores[0]?.answer ?? <span className="dim">–</span>;
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
      return result.fromCache ? <span className="dim">{t('result.cached')}</span> : <ReplyTime ms={result.latencyMs} />;
  }
}

function Input({ result }: { result: Result }) {
  const { t } = useTranslation('runs');
  return (
    <>
      <span className="mono dim">{result.caseKey}</span> <CommentSign id={String(result.id)} />
      {result.repeat > 0 && <span className="dim"> {t('result.repeat', { repeat: result.repeat + 1 })}</span>}{' '}
      <span dir="auto">{inputText(result).slice(0, SHOWN)}</span>
    </>
  );
}
