import { Group, Title } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Money } from '../../components/figures.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { StandInBadge } from '../../components/stand-in-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';

type Model = Answer<'GET /api/models'>['models'][number];

const column = columnsOf<Model>();
const prices = ['input', 'cachedInput', 'output'] as const;

/** The models that answer now, where each is and what it costs. */
export function Models() {
  const { t } = useTranslation('settings');
  const query = useApi('GET /api/models');
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('reference', {
          header: t('models.model'),
          meta: { fill: true },
          cell: ({ row: { original: model } }) => (
            <Group gap={6}>
              <span className="mono">{model.reference}</span>
              {model.standIn && <StandInBadge />}
            </Group>
          ),
        }),
        column.accessor('destination', {
          header: t('models.destination'),
          cell: ({ getValue }) => t(`common:destination.${getValue()}`),
        }),
        ...prices.map((price) =>
          column.accessor(({ price: table }) => table?.[price] ?? undefined, {
            id: price,
            header: t(`models.${price}`),
            meta: { numeric: true },
            cell: ({ getValue }) => <Money usd={getValue() ?? null} />,
          }),
        ),
      ]),
    [t],
  );
  return (
    <section aria-labelledby="models">
      <Title order={2} id="models" mb="xs">
        {t('models.title')}
      </Title>
      <QueryState query={query}>
        {({ models }) =>
          models.length === 0 ? (
            <EmptyState icon={Unplug} title={t('models.none')}>
              {t('models.noneText')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('models.title')}
              columns={columns}
              data={models}
              rowKey={({ reference }) => reference}
              maxHeight={480}
            />
          )
        }
      </QueryState>
    </section>
  );
}
