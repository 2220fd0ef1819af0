import { useNavigate } from '@tanstack/react-router';
import { OctagonAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { DateTime, Duration, Money } from '../../../components/figures.tsx';
import { formatNumber } from '../../../components/format.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import classes from './traces.module.css';
import type { Trace } from './use-traces.ts';

type Props = { project: string; traces: readonly Trace[]; onEnd: (() => void) | undefined };

const column = columnsOf<Trace>();
/** From so many on, the list scrolls within its box and reads on at its end. */
const LONG = 40;

/** Traces, newest first; a row opens one. */
export function TracesTable({ project, traces, onEnd }: Props) {
  const { t } = useTranslation('traces');
  const navigate = useNavigate();
  const columns = useColumns(project);
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      data={traces}
      rowKey={({ traceId }) => traceId}
      onOpen={({ traceId: trace }) =>
        void navigate({ to: '/projects/$project/monitor/traces/$trace', params: { project, trace } })
      }
      maxHeight={traces.length > LONG ? '70vh' : undefined}
      onEnd={onEnd}
    />
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('traces');
  return useMemo(() => {
    // Rows that were not read yet would be missing from any other order.
    const inOrder = { enableSorting: false } as const;
    const number = { ...inOrder, meta: { numeric: true } } as const;
    return column.columns([
      column.accessor('startedAt', {
        ...inOrder,
        header: t('when'),
        cell: ({ getValue }) => <DateTime at={getValue()} />,
      }),
      column.accessor('name', {
        ...inOrder,
        header: t('name'),
        meta: { fill: true },
        cell: ({ row: { original: trace }, getValue }) => (
          <AnchorLink
            to="/projects/$project/monitor/traces/$trace"
            params={{ project, trace: trace.traceId }}
            className={classes.name}
            inherit
          >
            {getValue() || t('noName')}
          </AnchorLink>
        ),
      }),
      column.accessor('errors', {
        ...inOrder,
        header: t('errors'),
        cell: ({ getValue }) =>
          getValue() > 0 && <ToneBadge tone="fail" icon={OctagonAlert} text={t('errorCount', { count: getValue() })} />,
      }),
      column.accessor('service', {
        ...inOrder,
        header: t('service'),
        cell: ({ getValue }) => <span className="nowrap">{getValue()}</span>,
      }),
      column.accessor('durationMs', {
        ...number,
        header: t('duration'),
        cell: ({ getValue }) => <Duration ms={getValue()} />,
      }),
      column.accessor('spans', { ...number, header: t('spans'), cell: ({ getValue }) => formatNumber(getValue()) }),
      column.accessor('modelCalls', {
        ...number,
        header: t('modelCalls'),
        cell: ({ getValue }) => formatNumber(getValue()),
      }),
      column.accessor(({ inputTokens, outputTokens }) => inputTokens + outputTokens, {
        ...number,
        id: 'tokens',
        header: t('tokens'),
        cell: ({ getValue }) => formatNumber(getValue()),
      }),
      column.accessor(({ costUsd }) => costUsd ?? undefined, {
        ...number,
        id: 'cost',
        header: t('cost'),
        cell: ({ row: { original: trace } }) => <Money usd={trace.costUsd} />,
      }),
    ]);
  }, [t, project]);
}
