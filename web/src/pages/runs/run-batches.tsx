import { Paper, Stack, Text, Title } from '@mantine/core';
import { CircleCheck, CircleX, Clock, CloudUpload, Hourglass, type LucideIcon, Square } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { type Tone, ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime, Money } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { columnsOf } from '../../components/table-columns.ts';
import { isUnderWay, type Run } from '../../components/use-runs.ts';

type Batch = Answer<'GET /api/runs/:run/batches'>['batches'][number];

const READ_AGAIN_MS = 3_000;
const looks: Record<Batch['status'], { tone: Tone; icon: LucideIcon }> = {
  submitting: { tone: 'info', icon: CloudUpload },
  validating: { tone: 'info', icon: Hourglass },
  in_progress: { tone: 'info', icon: Hourglass },
  finalizing: { tone: 'info', icon: Hourglass },
  completed: { tone: 'pass', icon: CircleCheck },
  failed: { tone: 'fail', icon: CircleX },
  expired: { tone: 'none', icon: Clock },
  cancelling: { tone: 'plain', icon: Square },
  cancelled: { tone: 'plain', icon: Square },
};

/** What is at the provider of a run in batches, and how far it is there. Nothing of a live run. */
export function RunBatches({ run }: { run: Run }) {
  return run.settings.mode === 'batch' ? <Batches run={run} /> : null;
}

function Batches({ run }: { run: Run }) {
  const { t } = useTranslation('batches');
  const query = useApi(
    'GET /api/runs/:run/batches',
    { params: { run: run.id } },
    { refetchInterval: isUnderWay(run) ? READ_AGAIN_MS : false },
  );
  const batches = query.data?.batches ?? [];
  const open = batches.filter(({ settledAt }) => settledAt === null);
  const sum = (of: readonly Batch[], field: 'requests' | 'completed' | 'failed') =>
    formatNumber(of.reduce((total, batch) => total + batch[field], 0));
  return (
    <Paper component="section" aria-labelledby="batches">
      <Stack gap="xs">
        <Title order={2} id="batches">
          {t('title')}
        </Title>
        {batches.length === 0 ? (
          <Text c="dimmed">{t(isUnderWay(run) ? 'preparing' : 'none')}</Text>
        ) : (
          <>
            <Text aria-live="polite">
              {open.length === 0
                ? t('allBack', { count: batches.length, requests: sum(batches, 'requests') })
                : t('underWay', {
                    requests: sum(open, 'requests'),
                    answered: sum(open, 'completed'),
                    failed: sum(open, 'failed'),
                  })}
            </Text>
            {open.length > 0 && (
              <Text c="dimmed">{t(open.some(({ ending }) => ending !== null) ? 'ending' : 'leave')}</Text>
            )}
            <Table batches={batches} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Table({ batches }: { batches: readonly Batch[] }) {
  const { t, i18n } = useTranslation('batches');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the headers are in the reader's language
  const columns = useMemo(() => {
    const column = columnsOf<Batch>();
    return column.columns([
      column.accessor('number', { header: t('column.number'), meta: { numeric: true } }),
      column.accessor('status', {
        header: t('column.status'),
        cell: ({ row: { original } }) => (
          <ToneBadge
            {...looks[original.status]}
            text={t(`status.${original.status}`)}
            title={original.reason || t(`statusTitle.${original.status}`)}
          />
        ),
      }),
      column.accessor('completed', {
        header: t('column.answered'),
        cell: ({ row: { original } }) =>
          t('answeredOf', { answered: formatNumber(original.completed), requests: formatNumber(original.requests) }),
        meta: { numeric: true },
      }),
      column.accessor('failed', {
        header: t('column.failed'),
        cell: ({ getValue }) => formatNumber(getValue()),
        meta: { numeric: true },
      }),
      column.accessor('round', { header: t('column.round'), meta: { numeric: true } }),
      column.accessor('createdAt', { header: t('column.sent'), cell: ({ getValue }) => <DateTime at={getValue()} /> }),
      column.accessor((batch) => (batch.settledAt === null ? (batch.expiresAt ?? undefined) : undefined), {
        id: 'expires',
        header: t('column.expires'),
        cell: ({ getValue }) => <Expiry at={getValue()} />,
      }),
      column.accessor((batch) => batch.estimatedUsd ?? undefined, {
        id: 'cost',
        header: t('column.estimate'),
        cell: ({ row: { original } }) => <Money usd={original.estimatedUsd} />,
        meta: { numeric: true },
      }),
    ]);
  }, [i18n.language]);
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      data={batches}
      rowKey={({ number }) => String(number)}
      maxHeight={320}
    />
  );
}

const Expiry = ({ at }: { at: string | undefined }) => (at === undefined ? '–' : <DateTime at={at} />);
