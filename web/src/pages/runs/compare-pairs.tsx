import { Group, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Tone, ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DifferenceWithInterval } from '../../components/difference-with-interval.tsx';
import { formatNumber, formatP } from '../../components/format.ts';
import { columnsOf } from '../../components/table-columns.ts';
import type { Run } from '../../components/use-runs.ts';
import { type Compared, formatShare, letterOf, type Pair } from './compare-reading.ts';
import { Look, Power, verdictLooks } from './compare-verdict.tsx';
import { Hint } from './hint.tsx';
import { RunLink, VersionLink } from './run-links.tsx';

type Row = Pair & { letter: string; about: Run };
const column = columnsOf<Row>();
export const tones: Record<Pair['verdict'], Tone> = { better: 'pass', worse: 'fail', "can't tell": 'plain' };

/** Several runs, each against the baseline: counts, difference with interval, raw and corrected p, and the verdict by the corrected one. */
export function ComparePairs({ compared: { runs, pairs } }: { compared: Compared }) {
  const { t } = useTranslation('compare');
  const [baseline] = runs;
  const rows = pairs.flatMap((pair, index): Row[] => {
    const about = runs[index + 1];
    return about === undefined ? [] : [{ ...pair, about, letter: letterOf(index + 1) }];
  });
  const columns = useColumns();
  if (rows.length < 2 || baseline === undefined) return null;
  const fromFormat = rows.flatMap((row) => {
    const share = formatShare(row);
    return share.type === 'none' ? [] : [{ ...share, letter: row.letter }];
  });
  return (
    <Stack component="section" gap="xs" aria-labelledby="verdicts">
      <Title order={2} id="verdicts">
        {t('verdicts', { run: baseline.id })}
      </Title>
      <DataTable
        label={t('verdicts', { run: baseline.id })}
        columns={columns}
        data={rows}
        rowKey={({ run }) => String(run)}
      />
      <Text size="sm" c="dimmed">
        {t('holm', { count: rows.length })}
      </Text>
      {rows.map((row) => (
        <Look key={row.letter} pair={row} letter={row.letter} />
      ))}
      {rows
        .filter(({ correctedVerdict, n }) => correctedVerdict === "can't tell" && n > 0)
        .map((row) => (
          <Text key={row.letter} size="sm">
            <strong>{row.letter}</strong>: <Power pair={row} />
          </Text>
        ))}
      {fromFormat.map(({ letter, type, count, of }) => (
        <Hint key={letter}>{t(`format.${type}`, { letter, count, of })}</Hint>
      ))}
    </Stack>
  );
}

function useColumns() {
  const { t } = useTranslation('compare');
  return useMemo(() => {
    const number = (key: 'n' | 'fixed' | 'broken', header: string) =>
      column.accessor(key, { header, meta: { numeric: true }, cell: ({ getValue }) => formatNumber(getValue()) });
    return column.columns([
      column.accessor('run', {
        header: t('runs:run'),
        cell: ({ row: { original } }) => (
          <Group gap={6} wrap="nowrap">
            <strong>{original.letter}</strong> <RunLink run={original.about} />
          </Group>
        ),
      }),
      column.accessor('correctedVerdict', {
        header: t('verdict'),
        cell: ({ getValue }) => {
          const { icon, key } = verdictLooks[getValue()];
          return <ToneBadge tone={tones[getValue()]} icon={icon} text={t(`is.${key}`)} />;
        },
      }),
      column.accessor(({ about }) => `${about.prompt}@${about.version}`, {
        id: 'version',
        header: t('runs:version'),
        cell: ({ row: { original } }) => <VersionLink run={original.about} />,
      }),
      column.accessor('difference', {
        header: t('difference'),
        meta: { numeric: true },
        cell: ({ row: { original } }) => <DifferenceWithInterval {...original} />,
      }),
      number('fixed', t('runs:compare.group.fixed')),
      number('broken', t('runs:compare.group.broken')),
      number('n', 'n'),
      column.accessor('pValue', {
        header: t('rawP'),
        meta: { numeric: true },
        cell: ({ getValue }) => formatP(getValue()).replace(/^= /, ''),
      }),
      column.accessor('correctedPValue', {
        header: t('correctedP'),
        meta: { numeric: true },
        cell: ({ getValue }) => formatP(getValue()).replace(/^= /, ''),
      }),
    ]);
  }, [t]);
}
