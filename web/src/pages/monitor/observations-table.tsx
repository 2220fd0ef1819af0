import { Checkbox } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime, Duration, Money } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { type Columns, columnsOf } from '../../components/table-columns.ts';
import { FeedbackBadge } from './feedback-badge.tsx';
import { type Observation, valueText } from './observation.ts';
import classes from './observations-table.module.css';

type Props = {
  observations: readonly Observation[];
  open: number | undefined;
  onOpen: (observation: Observation) => void;
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
  nameOf: (release: number | null) => string;
};
type Row = Observation & { releaseName: string };

const column = columnsOf<Row>();
/** As many are added to a set at once. */
const MOST = 500;

/** Production calls, newest first; a row opens one. */
export function ObservationsTable({ observations, open, onOpen, nameOf, selected, onSelect }: Props) {
  const { t } = useTranslation('monitor');
  const columns = useColumns();
  const choice = useChoice(observations, selected, onSelect);
  return (
    <DataTable
      label={t('list.title')}
      columns={[choice, ...columns]}
      data={observations.map((observation) => ({ ...observation, releaseName: whoAnswered(observation, nameOf) }))}
      rowKey={({ id }) => String(id)}
      openKey={open === undefined ? null : String(open)}
      onOpen={onOpen}
      maxHeight="75vh"
    />
  );
}

/** A box on each call that is no case yet, and one for all of them. */
function useChoice(
  observations: Props['observations'],
  selected: Props['selected'],
  onSelect: Props['onSelect'],
): Columns<Row>[number] {
  const { t } = useTranslation('toSet');
  return useMemo(() => {
    const open = observations.filter(({ caseKey }) => caseKey === null).map(({ id }) => id);
    const all = open.length > 0 && open.every((id) => selected.has(id));
    return column.display({
      id: 'select',
      header: () => (
        <Checkbox
          size="xs"
          aria-label={t('selectAll')}
          checked={all}
          indeterminate={!all && open.some((id) => selected.has(id))}
          onChange={() => onSelect(new Set(all ? [] : open.slice(0, MOST)))}
        />
      ),
      cell: ({ row: { original: row } }) =>
        row.caseKey === null && (
          <Checkbox
            size="xs"
            aria-label={t('selectOne', { id: row.id })}
            checked={selected.has(row.id)}
            onChange={() => onSelect(selected.symmetricDifference(new Set([row.id])))}
          />
        ),
    });
  }, [t, observations, selected, onSelect]);
}

function useColumns() {
  const { t } = useTranslation('monitor');
  return useMemo(
    () =>
      column.columns([
        column.accessor('createdAt', {
          header: t('list.when'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        column.accessor(({ input }) => Object.values(input).map(valueText).join(' · '), {
          id: 'input',
          header: t('list.input'),
          meta: { fill: true },
          cell: ({ getValue }) => <span className={classes.cut}>{getValue()}</span>,
        }),
        column.accessor('output', {
          header: t('list.output'),
          cell: ({ getValue }) => <span className={`${classes.cut} ${classes.output} mono`}>{getValue()}</span>,
        }),
        column.accessor(({ feedback }) => feedback ?? undefined, {
          id: 'feedback',
          header: t('list.feedback'),
          cell: ({ row: { original: row } }) =>
            row.feedback !== null && <FeedbackBadge feedback={row.feedback} title={row.feedbackNote || undefined} />,
        }),
        column.accessor(({ outcome }) => outcome ?? undefined, {
          id: 'score',
          header: t('quality:scores.title'),
          cell: ({ row: { original: row } }) => row.outcome !== null && <OutcomeBadge outcome={row.outcome} />,
        }),
        column.accessor(({ caseKey }) => caseKey ?? undefined, {
          id: 'case',
          header: t('list.case'),
          cell: ({ getValue }) =>
            getValue() !== undefined && (
              <ToneBadge tone="info" icon={FlaskConical} text={t('list.inSet')} title={getValue()} />
            ),
        }),
        column.accessor('releaseName', {
          header: t('list.release'),
          cell: ({ row: { original: row }, getValue }) => (
            <span className={row.release === null ? 'nowrap dim' : 'nowrap'}>{getValue()}</span>
          ),
        }),
        column.accessor(({ latencyMs }) => latencyMs ?? undefined, {
          id: 'latency',
          header: t('chart.latency'),
          meta: { numeric: true },
          cell: ({ row: { original: row } }) => <Duration ms={row.latencyMs} />,
        }),
        column.accessor(({ inputTokens, outputTokens }) => tokensOf(inputTokens, outputTokens), {
          id: 'tokens',
          header: t('list.tokens'),
          meta: { numeric: true },
          cell: ({ getValue }) => {
            const tokens = getValue();
            return tokens === undefined ? '–' : formatNumber(tokens);
          },
        }),
        column.accessor(({ costUsd }) => costUsd ?? undefined, {
          id: 'cost',
          header: t('chart.cost'),
          meta: { numeric: true },
          cell: ({ row: { original: row } }) => <Money usd={row.costUsd} />,
        }),
      ]),
    [t],
  );
}

const tokensOf = (input: number | null, output: number | null): number | undefined =>
  input === null && output === null ? undefined : (input ?? 0) + (output ?? 0);

/** Of a call without a release the model, where it was reported with one. */
const whoAnswered = ({ release, model }: Observation, nameOf: Props['nameOf']): string =>
  release === null && model !== null ? model : nameOf(release);
