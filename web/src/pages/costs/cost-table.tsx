import { Group } from '@mantine/core';
import { Ban, CircleHelp, Scale, UserPen } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CostColumn, type CostSearch, costColumns } from '../../app/routes/cost-search.ts';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Money } from '../../components/figures.tsx';
import { formatDuration, formatMoney, formatNumber, formatPrice } from '../../components/format.ts';
import { columnsOf } from '../../components/table-columns.ts';
import classes from './costs.module.css';
import type { Change, Plan, PlannedModel } from './plan.ts';

const column = columnsOf<PlannedModel>();
const figures = ['perCall', 'per1000', 'perMonth', 'perYear', 'per1000Plain', 'per1000Batch'] as const;

/** Every model with what it would cost, and what speaks against it. */
export function CostTable({ plan, search, change }: { plan: Plan; search: CostSearch; change: Change }) {
  const { t } = useTranslation('costs');
  const columns = useColumns(plan.maxCostUsdPer1000Calls);
  const { sort = 'per1000' } = search;
  const id = sort.replace(/^-/, '');
  return (
    <DataTable
      label={t('table.label')}
      columns={columns}
      data={plan.models}
      rowKey={({ reference }) => reference}
      sorting={[{ id, desc: sort.startsWith('-') }]}
      maxHeight={640}
      onSort={([first]) => {
        const by = costColumns.find((name) => name === first?.id);
        change({ sort: by === undefined ? undefined : sortOf(by, first?.desc === true) });
      }}
    />
  );
}

const sortOf = (by: CostColumn, desc: boolean): CostSearch['sort'] => (desc ? `-${by}` : by);

function useColumns(limit: number | null) {
  const { t } = useTranslation('costs');
  return useMemo(
    () =>
      column.columns([
        column.accessor('reference', {
          header: t('table.model'),
          cell: ({ row: { original: model } }) => (
            <Group gap={6} wrap="nowrap">
              <span className="mono nowrap">{model.reference}</span>
              {model.own && <ToneBadge tone="info" icon={UserPen} text={t('table.own')} />}
            </Group>
          ),
        }),
        column.display({
          id: 'remarks',
          header: t('table.remarks'),
          cell: ({ row: { original } }) => <Remarks model={original} limit={limit} />,
        }),
        ...figures.map((figure) =>
          column.accessor(({ cost }) => cost?.[figure], {
            id: figure,
            header: t(`table.${figure}`),
            meta: { numeric: true },
            cell: ({ row: { original: model } }) =>
              figure === 'per1000Batch' && model.batchShare === null && model.cost !== null ? (
                <span title={t('table.noBatch')}>–</span>
              ) : (
                <Money usd={model.cost?.[figure] ?? null} />
              ),
          }),
        ),
        column.display({
          id: 'price',
          header: t('table.price'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => <Price model={original} />,
        }),
        column.accessor(({ msPerMonth }) => msPerMonth ?? undefined, {
          id: 'time',
          header: t('table.time'),
          meta: { numeric: true },
          enableSorting: false,
          cell: ({ row: { original } }) => <Time model={original} />,
        }),
      ]),
    [limit, t],
  );
}

function Remarks({ model: { allowed, aboveBudget, cost }, limit }: { model: PlannedModel; limit: number | null }) {
  const { t } = useTranslation('costs');
  return (
    <div className={classes.remarks}>
      {!allowed && <ToneBadge tone="fail" icon={Ban} text={t('table.notAllowed')} title={t('table.notAllowedWhy')} />}
      {aboveBudget && (
        <ToneBadge
          tone="fail"
          icon={Scale}
          text={t('table.above')}
          title={t('table.aboveWhy', { limit: formatMoney(limit) })}
        />
      )}
      {cost === null && <ToneBadge tone="none" icon={CircleHelp} text={t('table.noPrice')} />}
    </div>
  );
}

function Price({ model: { price, batchShare } }: { model: PlannedModel }) {
  const { t } = useTranslation('costs');
  if (price === null) return <>–</>;
  const { input, cachedInput, output } = price;
  if (input === 0 && output === 0) return <>{t('table.free')}</>;
  const parts = [input, cachedInput ?? input, output].map((usd) => formatPrice(usd));
  return (
    <span className="nowrap">
      {parts.join(' / ')}
      {batchShare !== null && <span className="dim"> × {formatNumber(batchShare, 2)}</span>}
    </span>
  );
}

/** Of this machine; elsewhere the time is the provider's. */
function Time({ model: { destination, msPerMonth } }: { model: PlannedModel }) {
  const { t } = useTranslation('costs');
  if (destination === 'network') return null;
  if (msPerMonth === null) return <span title={t('table.notMeasured')}>–</span>;
  return <span className="nowrap">{formatDuration(msPerMonth)}</span>;
}
