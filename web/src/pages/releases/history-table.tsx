import { Tag, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { type HistoryRow, historyOf } from './history.ts';
import type { Releases } from './release.ts';
import { ReleaseLink, VersionLink } from './version-link.tsx';

const column = columnsOf<HistoryRow>();

/** Every move of the labels, newest first; nothing of it can be changed. */
export function HistoryTable({ project, moves, releases }: Pick<Releases, 'moves' | 'releases'> & { project: string }) {
  const { t } = useTranslation('releases');
  const columns = useColumns(project);
  const rows = useMemo(() => historyOf(moves, releases), [moves, releases]);
  return (
    <DataTable
      label={t('history.title')}
      columns={columns}
      data={rows}
      rowKey={({ id }) => String(id)}
      maxHeight={420}
    />
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('releases');
  return useMemo(
    () =>
      column.columns([
        column.accessor('createdAt', {
          header: t('history.when'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        column.accessor('label', {
          header: t('labels.label'),
          cell: ({ getValue }) => <ToneBadge tone="info" icon={Tag} text={getValue()} />,
        }),
        column.accessor('kind', {
          header: t('history.kind'),
          cell: ({ getValue }) => (
            <span className="nowrap">
              {getValue() === 'roll_back' && <Undo2 size={13} aria-hidden />} {t(`history.${getValue()}`)}
            </span>
          ),
        }),
        column.display({
          id: 'from',
          header: t('history.from'),
          cell: ({ row: { original: row } }) =>
            row.from === null ? (
              <span className="dim">{t('history.nowhere')}</span>
            ) : (
              <VersionLink project={project} prompt={row.prompt} version={row.from.version} />
            ),
        }),
        column.display({
          id: 'to',
          header: t('history.to'),
          cell: ({ row: { original: row } }) => (
            <span className="nowrap">
              <VersionLink project={project} prompt={row.prompt} version={row.version} /> ·{' '}
              <ReleaseLink id={row.release} number={row.number} />
            </span>
          ),
        }),
        column.accessor('author', {
          header: t('by'),
          cell: ({ getValue }) => <span className="nowrap">{getValue()}</span>,
        }),
        column.accessor('reason', { header: t('why'), meta: { fill: true } }),
      ]),
    [project, t],
  );
}
