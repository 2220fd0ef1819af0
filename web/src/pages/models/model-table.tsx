import { Group } from '@mantine/core';
import { Ban, Check } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { formatCompact, formatDuration, formatMoney, formatNumber } from '../../components/format.ts';
import { StandInBadge } from '../../components/stand-in-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import classes from './model-table.module.css';

type Model = Answer<'GET /api/models'>['models'][number];

type Props = {
  models: readonly Model[];
  /** Says also which of them a project's privacy setting allows. */
  forProject: boolean;
};

const column = columnsOf<Model>();
/** So many digits tell one pace from another. */
const paceDigits = (pace: number): number => (pace < 10 ? 1 : 0);

/** A stand-in answers in less than can be said in whole milliseconds. */
const timeOf = (ms: number): string => (ms < 1 ? `< ${formatDuration(1)}` : formatDuration(ms));

/** What is known of each model; what nobody says is a dash, never a guess. */
export function ModelTable({ models, forProject }: Props) {
  const { t } = useTranslation('models');
  const columns = useColumns(forProject);
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      data={models}
      rowKey={({ reference }) => reference}
      maxHeight={560}
    />
  );
}

function useColumns(forProject: boolean) {
  const { t } = useTranslation('models');
  return useMemo(() => {
    const what = column.columns([
      column.accessor('reference', {
        header: t('column.model'),
        meta: { fill: true },
        cell: ({ row: { original: model } }) => (
          <Group gap={6}>
            <span className="mono">{model.reference}</span>
            {model.standIn && <StandInBadge />}
          </Group>
        ),
      }),
      column.accessor('destination', {
        header: t('column.destination'),
        cell: ({ getValue }) => t(`destination.${getValue()}`),
      }),
      column.accessor(({ facts }) => facts.parameters ?? undefined, {
        id: 'size',
        header: t('column.size'),
        cell: ({ row: { original } }) => (
          <Pair
            first={original.sizeClass && t(`size.${original.sizeClass}`)}
            second={original.facts.parameters !== null && formatCompact(original.facts.parameters)}
          />
        ),
      }),
      column.accessor(({ facts }) => facts.weights ?? undefined, {
        id: 'weights',
        header: t('column.weights'),
        cell: ({ row: { original } }) => (
          <Pair
            first={original.facts.weights && t(`weights.${original.facts.weights}`)}
            second={original.facts.licence}
          />
        ),
      }),
      column.accessor(({ facts }) => facts.contextTokens ?? undefined, {
        id: 'context',
        header: t('column.context'),
        meta: { numeric: true },
        cell: ({ getValue }) => <Pair first={getValue() !== undefined && formatNumber(getValue() ?? 0)} />,
      }),
      column.accessor(({ price }) => price?.input, {
        id: 'price',
        header: t('column.price'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => <Price price={original.price} />,
      }),
      column.accessor(({ speed }) => speed?.latencyP50Ms, {
        id: 'speed',
        header: t('column.speed'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => <Speed speed={original.speed} />,
      }),
    ]);
    const allowed = column.accessor('allowed', {
      header: t('column.allowed'),
      cell: ({ row: { original } }) => <Allowed model={original} />,
    });
    const [reference, destination, ...rest] = what;
    return forProject ? column.columns([reference, destination, allowed, ...rest]) : what;
  }, [forProject, t]);
}

type Words = string | false | null;

/** A word, and a smaller one below it where there is more to say. */
function Pair({ first, second = null }: { first: Words; second?: Words }) {
  const { t } = useTranslation('models');
  return (
    <>
      {first ? <span className="nowrap">{first}</span> : <span title={t('unknown')}>–</span>}
      {second && <span className={classes.second}>{second}</span>}
    </>
  );
}

function Price({ price }: Pick<Model, 'price'>) {
  const { t } = useTranslation('models');
  if (price === null) return <span title={t('common:noPrice')}>–</span>;
  const { input, output, cachedInput } = price;
  if (input === 0 && output === 0) return t('free');
  return (
    <Pair
      first={t('price', { input: formatMoney(input), output: formatMoney(output) })}
      second={cachedInput !== null && t('cachedPrice', { price: formatMoney(cachedInput) })}
    />
  );
}

function Speed({ speed }: Pick<Model, 'speed'>) {
  const { t } = useTranslation('models');
  if (speed === null) return <span title={t('notMeasured')}>–</span>;
  const { calls: count, latencyP50Ms, outputTokensPerSecond: pace } = speed;
  return (
    <Pair
      first={t('speed', { time: timeOf(latencyP50Ms), pace: formatNumber(pace, paceDigits(pace)) })}
      second={t('calls', { count })}
    />
  );
}

/** By the project's privacy setting, or why not. A stand-in may be run, but proves nothing. */
function Allowed({ model: { allowed, standIn } }: { model: Model }) {
  const { t } = useTranslation('models');
  if (!allowed) {
    return (
      <>
        <ToneBadge tone="fail" icon={Ban} text={t('allowed.no')} />
        <span className={classes.second}>{t('allowed.why')}</span>
      </>
    );
  }
  return (
    <>
      <ToneBadge tone="pass" icon={Check} text={t('allowed.yes')} />
      {standIn && <span className={classes.second}>{t('allowed.standIn')}</span>}
    </>
  );
}
