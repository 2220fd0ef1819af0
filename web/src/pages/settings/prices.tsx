import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { Calculator, Plus, TriangleAlert, UserPen } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { formatPrice } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { BatchShares } from './batch-shares.tsx';
import { PriceDialog } from './price-dialog.tsx';

type Prices = Answer<'GET /api/prices'>;
export type ListedPrice = Prices['prices'][number];

/** What models cost: what came with the program and a person's own, which goes before. */
export function Prices() {
  const { t } = useTranslation('prices');
  const query = useApi('GET /api/prices');
  // `null`: a new one.
  const [open, setOpen] = useState<ListedPrice | null>();
  return (
    <section aria-labelledby="prices">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="prices">
          {t('title')}
        </Title>
        <Group gap="xs">
          <ButtonLink to="/costs" variant="default" leftSection={<Calculator size={16} aria-hidden />}>
            {t('toCosts')}
          </ButtonLink>
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setOpen(null)}>
            {t('add')}
          </Button>
        </Group>
      </Group>
      <Text c="dimmed" mb="sm" maw={820}>
        {t('help')}
      </Text>
      <QueryState query={query}>
        {(prices) => (
          <Stack gap="sm">
            {prices.table.old && (
              <Alert color="yellow" icon={<TriangleAlert size={18} aria-hidden />}>
                {t('old', { date: prices.table.date, count: prices.table.ageDays })}
              </Alert>
            )}
            <PriceTable prices={prices} onOpen={setOpen} />
            <Text size="xs" c="dimmed" maw={900}>
              {t('table.source', { date: prices.table.date, count: prices.table.ageDays })} {t('table.sources')}
            </Text>
            <BatchShares shares={prices.batchShares} />
          </Stack>
        )}
      </QueryState>
      {open !== undefined && <PriceDialog key={open?.model} listed={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

const column = columnsOf<ListedPrice>();
const figures = ['input', 'cachedInput', 'output'] as const;
const held = ({ own, shipped }: ListedPrice) => own?.price ?? shipped;

function PriceTable({ prices: { prices, table }, onOpen }: { prices: Prices; onOpen: (price: ListedPrice) => void }) {
  const { t } = useTranslation('prices');
  const [search, setSearch] = useState('');
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('model', {
          header: t('table.model'),
          cell: ({ getValue }) => <span className="mono nowrap">{getValue()}</span>,
        }),
        ...figures.map((figure) =>
          column.accessor((listed) => held(listed)?.[figure] ?? undefined, {
            id: figure,
            header: t(`table.${figure}`),
            meta: { numeric: true },
            cell: ({ getValue }) => formatPrice(getValue() ?? null),
          }),
        ),
        column.accessor(({ own }) => own?.asOf ?? table.date, {
          id: 'asOf',
          header: t('table.asOf'),
          cell: ({ getValue }) => <span className="nowrap">{getValue()}</span>,
        }),
        column.accessor(({ own }) => (own === null ? 1 : 0), {
          id: 'from',
          header: t('table.from'),
          cell: ({ row: { original } }) => <Origin listed={original} tableDate={table.date} />,
        }),
      ]),
    [t, table.date],
  );
  const words = search.toLowerCase();
  const shown = prices.filter(({ model, own }) => `${model} ${own?.source ?? ''}`.toLowerCase().includes(words));
  return (
    <>
      <SearchField label={t('search')} search={search} onFind={(text) => setSearch(text ?? '')} width={260} />
      {shown.length === 0 ? (
        <Text c="dimmed">{t('nothing')}</Text>
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          data={shown}
          rowKey={({ model }) => model}
          onOpen={onOpen}
          maxHeight={420}
        />
      )}
    </>
  );
}

/** Who says so; and whether the program knows it of a later day. */
function Origin({ listed: { own, shipped }, tableDate }: { listed: ListedPrice; tableDate: string }) {
  const { t } = useTranslation('prices');
  if (own === null) return <span className="dim nowrap">{t('table.program')}</span>;
  return (
    <Group gap={6}>
      <ToneBadge tone="info" icon={UserPen} text={own.author === '' ? t('table.own') : own.author} />
      <Text span inherit maw={360} lineClamp={2}>
        {own.source}
      </Text>
      {shipped !== null && own.asOf < tableDate && <span className="dim">{t('table.older')}</span>}
    </Group>
  );
}
