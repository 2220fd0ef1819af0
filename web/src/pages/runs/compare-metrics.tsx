import { Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DifferenceWithInterval } from '../../components/difference-with-interval.tsx';
import { formatNumber, formatP } from '../../components/format.ts';
import { columnsOf } from '../../components/table-columns.ts';
import { tones } from './compare-pairs.tsx';
import type { Compared } from './compare-reading.ts';
import { verdictLooks } from './compare-verdict.tsx';
import { useComparedIds, useComparedMetrics } from './use-comparison.ts';

type Row = Answer<'GET /api/comparisons/metrics'>['pairs'][number]['metrics'][number];
const column = columnsOf<Row>();

/** What each run fixed and broke by each of several scorers alone. */
export function CompareMetrics({ compared: { runs } }: { compared: Compared }) {
  const { t } = useTranslation('compare');
  const pairs = useComparedMetrics(useComparedIds()).data?.pairs.filter(({ metrics }) => metrics.length > 1) ?? [];
  const columns = useColumns();
  if (pairs.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-labelledby="metrics">
      <Title order={2} id="metrics">
        {t('metrics')}
      </Title>
      {pairs.map(({ run, metrics }) => (
        <Stack key={run} gap={4}>
          {runs.length > 2 && <Text size="sm">{t('metricsOf', { run })}</Text>}
          <DataTable label={t('metricsOf', { run })} columns={columns} data={metrics} rowKey={({ metric }) => metric} />
        </Stack>
      ))}
      <Text size="sm" c="dimmed">
        {t('metricsHelp')}
      </Text>
    </Stack>
  );
}

function useColumns() {
  const { t } = useTranslation('compare');
  return useMemo(() => {
    const number = (key: 'n' | 'fixed' | 'broken', header: string) =>
      column.accessor(key, { header, meta: { numeric: true }, cell: ({ getValue }) => formatNumber(getValue()) });
    return column.columns([
      column.accessor('metric', { header: t('scorer'), meta: { fill: true } }),
      column.accessor('correctedVerdict', {
        header: t('verdict'),
        cell: ({ getValue }) => {
          const { icon, key } = verdictLooks[getValue()];
          return <ToneBadge tone={tones[getValue()]} icon={icon} text={t(`is.${key}`)} />;
        },
      }),
      column.accessor('difference', {
        header: t('difference'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => <DifferenceWithInterval {...original} />,
      }),
      number('fixed', t('runs:compare.group.fixed')),
      number('broken', t('runs:compare.group.broken')),
      number('n', 'n'),
      column.accessor('correctedPValue', {
        header: t('correctedP'),
        meta: { numeric: true },
        cell: ({ getValue }) => formatP(getValue()).replace(/^= /, ''),
      }),
    ]);
  }, [t]);
}
