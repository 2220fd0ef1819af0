import { VisuallyHidden } from '@mantine/core';
import {
  Bot,
  Box,
  FileSearch,
  type LucideIcon,
  MessageSquareText,
  OctagonAlert,
  Route,
  Sigma,
  Wrench,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Duration, Money } from '../../../components/figures.tsx';
import { formatNumber } from '../../../components/format.ts';
import { columnsOf } from '../../../components/table-columns.ts';
import classes from './traces.module.css';
import type { Span, Trace } from './use-traces.ts';

type Props = { trace: Trace; spans: readonly Span[]; open: string | undefined; onOpen: (span: string) => void };

const column = columnsOf<Span>();
const INDENT = 14;
/** What is deeper stands at the same place: a name needs room. */
const DEEPEST = 12;

const icons: Readonly<Record<Span['type'], LucideIcon>> = {
  model_call: MessageSquareText,
  embedding: Sigma,
  retrieval: FileSearch,
  tool: Wrench,
  agent: Bot,
  workflow: Route,
  other: Box,
};

/** The spans of a trace under one another, each where it was in time; a row opens one. */
export function SpanTree({ trace, spans, open, onOpen }: Props) {
  const { t } = useTranslation('traces');
  const columns = useColumns(trace.durationMs);
  return (
    <DataTable
      label={t('spans')}
      columns={columns}
      data={spans}
      rowKey={({ spanId }) => spanId}
      openKey={open ?? null}
      onOpen={({ spanId }) => onOpen(spanId)}
      maxHeight="75vh"
    />
  );
}

function useColumns(totalMs: number) {
  const { t } = useTranslation('traces');
  return useMemo(() => {
    const inOrder = { enableSorting: false } as const;
    const number = { ...inOrder, meta: { numeric: true } } as const;
    return column.columns([
      column.accessor('name', {
        ...inOrder,
        header: t('span'),
        cell: ({ row: { original: span } }) => <Name span={span} />,
      }),
      column.accessor('startMs', {
        ...inOrder,
        header: t('timing'),
        meta: { fill: true },
        cell: ({ row: { original: span } }) => <Bar span={span} totalMs={totalMs} />,
      }),
      column.accessor('durationMs', {
        ...number,
        header: t('duration'),
        cell: ({ getValue }) => <Duration ms={getValue()} />,
      }),
      column.accessor(({ inputTokens, outputTokens }) => tokensOf(inputTokens, outputTokens), {
        ...number,
        id: 'tokens',
        header: t('tokens'),
        cell: ({ getValue }) => getValue(),
      }),
      column.accessor(({ costUsd }) => costUsd ?? undefined, {
        ...number,
        id: 'cost',
        header: t('cost'),
        cell: ({ row: { original: span } }) =>
          (span.type === 'model_call' || span.type === 'embedding') && <Money usd={span.costUsd} />,
      }),
    ]);
  }, [t, totalMs]);
}

const tokensOf = (input: number | null, output: number | null): string =>
  input === null && output === null ? '' : formatNumber((input ?? 0) + (output ?? 0));

function Name({ span }: { span: Span }) {
  const { t } = useTranslation('traces');
  const Icon = icons[span.type];
  return (
    <span className={classes.span} style={{ paddingInlineStart: Math.min(span.depth, DEEPEST) * INDENT }}>
      <Icon size={14} aria-label={t(`type.${span.type}`)} role="img" />
      <VisuallyHidden>{t('level', { level: span.depth + 1 })}</VisuallyHidden>
      <span>{span.name || t('noName')}</span>
      {span.detached && (
        <span className="dim nowrap" title={t('detachedTitle')}>
          {t('detached')}
        </span>
      )}
      {span.error !== null && (
        <ToneBadge tone="fail" icon={OctagonAlert} text={t('error')} title={span.error || undefined} />
      )}
    </span>
  );
}

/** Where a span was within its trace. The figures beside it say the same. */
function Bar({ span, totalMs }: { span: Span; totalMs: number }) {
  const share = (ms: number) => (totalMs > 0 ? Math.min(100, Math.max(0, (ms / totalMs) * 100)) : 0);
  const left = Math.min(99, share(span.startMs));
  const width = Math.min(100 - left, share(span.durationMs));
  return (
    <div className={classes.track} aria-hidden>
      <div
        className={classes.bar}
        data-type={span.type}
        data-error={span.error !== null}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
    </div>
  );
}
