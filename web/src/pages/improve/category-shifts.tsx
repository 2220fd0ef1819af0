import { Paper, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { formatInterval, formatP, formatPoints } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import type { Run } from '../../components/use-runs.ts';
import { looks, type Since } from './shift-look.ts';

const column = columnsOf<Since['shifts'][number]>();

/** What became of each reason since the iteration before, with a verdict that goes by the exact test. */
export function CategoryShifts({ run, since }: { run: Run; since: Since }) {
  const { t } = useTranslation('improve');
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('category', { header: t('shift.category'), meta: { fill: true } }),
        column.accessor('before', { header: t('shift.before'), meta: { numeric: true } }),
        column.accessor('after', { header: t('shift.after'), meta: { numeric: true } }),
        column.accessor('gone', { header: t('shift.gone'), meta: { numeric: true } }),
        column.accessor('arisen', { header: t('shift.arisen'), meta: { numeric: true } }),
        column.accessor('difference', {
          header: t('shift.difference'),
          meta: { numeric: true },
          cell: ({ getValue, row: { original } }) => (
            <span className="nowrap">
              {formatPoints(getValue())} <span className="dim">{formatInterval(original.interval)}</span>
            </span>
          ),
        }),
        column.accessor('pValue', {
          header: t('shift.p'),
          meta: { numeric: true },
          cell: ({ getValue }) => `p ${formatP(getValue())}`,
        }),
        column.accessor('verdict', {
          header: t('shift.verdict'),
          cell: ({ getValue }) => {
            const { tone, icon, key } = looks[getValue()];
            return <ToneBadge tone={tone} icon={icon} text={t(`shift.verdicts.${key}`)} />;
          },
        }),
      ]),
    [t],
  );
  const { run: before, version, unsorted, n, shifts } = since;
  return (
    <Paper component="section" aria-labelledby="shifts">
      <Title order={2} id="shifts">
        {t('shift.title', { run: before, version })}
      </Title>
      {unsorted > 0 ? (
        <Text size="sm">
          {t('shift.sortFirst', { count: unsorted })}{' '}
          {[before, run.id].map((id) => (
            <AnchorLink
              key={id}
              to="/projects/$project/improve"
              params={{ project: run.project }}
              search={{ run: id, sorted: 'no' }}
              inherit
              mr={8}
            >
              #{id}
            </AnchorLink>
          ))}
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('shift.how', { count: n })}
          </Text>
          <DataTable
            label={t('shift.title', { run: before, version })}
            columns={columns}
            data={shifts}
            rowKey={({ category }) => category}
            maxHeight={360}
          />
        </>
      )}
    </Paper>
  );
}
