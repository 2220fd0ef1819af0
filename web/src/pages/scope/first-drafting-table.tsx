import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime, Money } from '../../components/figures.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import type { Drafting } from './first-drafting.tsx';

const column = columnsOf<Drafting>();

/** Every time that a model drafted: what became of what it wrote, and what that cost. */
export function DraftingTable({ project, draftings }: { project: string; draftings: readonly Drafting[] }) {
  const { t } = useTranslation('start');
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('createdAt', {
          header: t('drafting.column.when'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        column.accessor('model', { header: t('drafting.column.model') }),
        column.accessor('set', {
          header: t('set'),
          cell: ({ getValue }) => (
            <AnchorLink to="/projects/$project/sets/$set" params={{ project, set: getValue() }} inherit>
              {getValue()}
            </AnchorLink>
          ),
        }),
        column.accessor('status', {
          header: t('drafting.column.status'),
          cell: ({ getValue }) => t(`drafting.status.${getValue()}`),
        }),
        ...(['open', 'confirmed', 'dropped'] as const).map((state) =>
          column.accessor(({ counts }) => counts[state], {
            id: state,
            header: t(`drafting.column.${state}`),
            meta: { numeric: true },
          }),
        ),
        column.accessor('costUsd', {
          header: t('drafting.column.cost'),
          meta: { numeric: true },
          cell: ({ getValue }) => <Money usd={getValue()} />,
        }),
        column.accessor('author', { header: t('drafting.column.author') }),
      ]),
    [project, t],
  );
  return <DataTable label={t('drafting.table')} columns={columns} data={draftings} rowKey={({ id }) => String(id)} />;
}
