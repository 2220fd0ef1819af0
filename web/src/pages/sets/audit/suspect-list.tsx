import { Box, Title } from '@mantine/core';
import { CircleCheck, Pencil } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { shownValue } from '../case-value.ts';
import classes from './audit.module.css';
import type { Suspect } from './audit-report.ts';
import type { Decisions } from './use-decisions.ts';

type Props = {
  suspects: readonly Suspect[];
  decisions: Decisions;
  openKey: string;
  onOpen: (suspect: Suspect) => void;
};

const column = columnsOf<Suspect>();

/** All suspects in their order, with what was decided about each. */
export function SuspectList({ suspects, decisions, openKey, onOpen }: Props) {
  const { t } = useTranslation('audit');
  const columns = useMemo(
    () =>
      column.columns([
        column.display({
          id: 'case',
          header: t('column.case'),
          meta: { fill: true },
          cell: ({ row: { original } }) => (
            <div className={classes.case}>{Object.values(original.variables).map(shownValue).join(' · ')}</div>
          ),
        }),
        column.accessor('label', { header: t('column.label'), enableSorting: false }),
        column.accessor('suggestion', {
          header: t('column.suggestion'),
          enableSorting: false,
          cell: ({ getValue }) => getValue() ?? <span className="dim">–</span>,
        }),
        column.accessor('doubt', {
          header: t('column.doubt'),
          enableSorting: false,
          meta: { numeric: true },
          cell: ({ getValue }) => getValue().toFixed(1),
        }),
        column.display({
          id: 'decision',
          header: t('column.decision'),
          cell: ({ row: { original } }) => {
            const decision = decisions.get(original.key);
            if (decision === undefined) return null;
            const same = decision.label === original.label;
            return (
              <ToneBadge
                tone={same ? 'pass' : 'info'}
                icon={same ? CircleCheck : Pencil}
                text={same ? t('confirmed') : t('relabelled', { label: decision.label })}
              />
            );
          },
        }),
      ]),
    [decisions, t],
  );
  return (
    <Box component="section" miw={0}>
      <Title order={2} mb="xs">
        {t('list')}
      </Title>
      <DataTable
        label={t('list')}
        columns={columns}
        data={suspects}
        rowKey={({ key }) => key}
        onOpen={onOpen}
        openKey={openKey}
        maxHeight="70vh"
      />
    </Box>
  );
}
