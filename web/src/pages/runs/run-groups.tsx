import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunSearch } from '../../app/routes/run-search.ts';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { formatNumber } from '../../components/format.ts';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './breakdown.module.css';
import { RateScale } from './rate-scale.tsx';
import { ResultsLink } from './results-link.tsx';
import { RunMetrics } from './run-metrics.tsx';
import type { Breakdown } from './use-breakdown.ts';

type Group = Breakdown['byTag'][number];
type Row = Group & { name: string; filter: Omit<RunSearch, 'result' | 'part'> };

const resultsOf = ({ n, errors }: Row): number => n + errors;

/** Pass rates of what cases have in common: each with its interval, drawn and written. */
export function RunGroups({ run, breakdown }: { run: Run; breakdown: Breakdown }) {
  const { t } = useTranslation('results');
  const { byTag, byLabel, byLanguage, bySplit, moreTags, moreLabels } = breakdown;
  const rowsOf = {
    label: byLabel.map((group): Row => ({ ...group, name: group.key, filter: { label: group.key } })),
    tag: byTag.map((group): Row => ({ ...group, name: group.key, filter: { tag: group.key } })),
    language: byLanguage.map(
      (group): Row => ({ ...group, name: t(`breakdown.language.${group.key}`), filter: { language: group.key } }),
    ),
    split: bySplit.map(
      (group): Row => ({ ...group, name: t(`common:split.${group.key}`), filter: { split: group.key } }),
    ),
  };
  const groups = Object.values(rowsOf).flat();
  const all = Math.max(0, ...groups.map(resultsOf));
  // One that holds every result has the rate of the run, which stands above.
  const apart = (rows: readonly Row[]) => rows.filter((row) => rows.length > 1 || resultsOf(row) < all);
  return (
    <Stack gap="md">
      <RunMetrics metrics={breakdown.byScorer} />
      {groups.every((row) => resultsOf(row) === all) && <Text c="dimmed">{t('breakdown.alike')}</Text>}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        <GroupTable run={run} title={t('breakdown.byLabel')} rows={apart(rowsOf.label)} more={moreLabels} />
        <GroupTable run={run} title={t('breakdown.byTag')} rows={apart(rowsOf.tag)} more={moreTags} />
        <GroupTable run={run} title={t('breakdown.byLanguage')} rows={apart(rowsOf.language)} />
        <GroupTable run={run} title={t('breakdown.bySplit')} rows={apart(rowsOf.split)} />
      </SimpleGrid>
    </Stack>
  );
}

type TableProps = { run: Run; title: string; rows: readonly Row[]; more?: number };

function GroupTable({ run, title, rows, more = 0 }: TableProps) {
  const { t } = useTranslation('results');
  if (rows.length === 0) return null;
  return (
    <Stack gap={4} miw={0}>
      <BoxedTable label={title} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className={classes.wide}>
              {t('breakdown.passRate')}
            </th>
            <th scope="col" data-numeric>
              {t('breakdown.noAnswer')}
            </th>
            <th scope="col" data-numeric>
              {t('breakdown.errors')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <GroupRow key={row.key} run={run} row={row} />
          ))}
        </tbody>
      </BoxedTable>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          {t('breakdown.more', { count: more })}
        </Text>
      )}
    </Stack>
  );
}

function GroupRow({ run, row }: { run: Run; row: Row }) {
  const { name, filter, noAnswer, errors } = row;
  return (
    <tr>
      <th scope="row">
        <ResultsLink run={run} filter={filter}>
          {name}
        </ResultsLink>
      </th>
      <td>
        <RateScale rates={row} />
        <RateWithInterval {...row} />
      </td>
      <td data-numeric>
        <ResultsLink run={run} filter={{ ...filter, outcome: 'no_answer' }} count={noAnswer}>
          {formatNumber(noAnswer)}
        </ResultsLink>
      </td>
      <td data-numeric>
        <ResultsLink run={run} filter={{ ...filter, outcome: 'error' }} count={errors}>
          {formatNumber(errors)}
        </ResultsLink>
      </td>
    </tr>
  );
}
