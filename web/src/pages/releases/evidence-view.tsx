import { Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime, Duration, Money } from '../../components/figures.tsx';
import { formatInterval } from '../../components/format.ts';
import { JudgeMarks } from '../../components/judge-mark.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { CriteriaList } from './criteria-list.tsx';
import { AgainstProduction, FailureCounts, JudgedBy, PricedBy, UnseenHoldout } from './evidence-details.tsx';
import type { Evidence, RunEvidence } from './release.ts';

const column = columnsOf<RunEvidence>();

/** What the runs say against the scope, and the runs themselves. */
export function EvidenceView({ project, evidence }: { project: string; evidence: Evidence }) {
  const { t } = useTranslation('releases');
  const columns = useColumns(project);
  return (
    <Stack gap="sm">
      <div>
        <Title order={3} mb={6}>
          {t('evidence.criteria')}
        </Title>
        <CriteriaList criteria={evidence.criteria} />
      </div>
      <div>
        <Title order={3}>{t('evidence.runs')}</Title>
        <Text size="sm" c="dimmed" mb={6}>
          {t('evidence.runsText')}
        </Text>
        <DataTable
          label={t('evidence.runs')}
          columns={columns}
          data={evidence.runs}
          rowKey={({ runId, split }) => `${runId} ${split}`}
        />
      </div>
      <UnseenHoldout project={project} unseen={evidence.unseenHoldout ?? []} />
      <AgainstProduction project={project} compared={evidence.againstProduction ?? []} />
      <JudgedBy runs={evidence.runs} />
      <PricedBy runs={evidence.runs} />
      <FailureCounts runs={evidence.runs} />
    </Stack>
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('releases');
  return useMemo(
    () =>
      column.columns([
        column.accessor('runId', {
          header: t('evidence.run'),
          cell: ({ row: { original: run } }) => (
            <AnchorLink
              to="/projects/$project/runs/$run"
              params={{ project, run: String(run.runId) }}
              search={{ split: run.split }}
              inherit
            >
              #{run.runId}
            </AnchorLink>
          ),
        }),
        column.accessor(({ evalSet, evalSetVersion }) => `${evalSet}@${evalSetVersion}`, {
          id: 'set',
          header: t('evidence.set'),
          cell: ({ row: { original: run }, getValue }) => (
            <AnchorLink
              to="/projects/$project/sets/$set"
              params={{ project, set: run.evalSet }}
              search={{ version: run.evalSetVersion }}
              inherit
              className="nowrap"
            >
              {getValue()}
            </AnchorLink>
          ),
        }),
        column.accessor('split', {
          header: t('evidence.split'),
          cell: ({ getValue }) => t(`common:split.${getValue()}`),
        }),
        column.accessor(({ rates }) => rates.passRate ?? undefined, {
          id: 'rate',
          header: t('evidence.rate'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => (
            <>
              <RateWithInterval {...run.rates} /> <JudgeMarks judges={run.judges ?? []} />
              {run.holdout !== undefined && run.holdout.look > 1 && (
                <Text size="xs" c="dimmed">
                  {t('evidence.look', {
                    ...run.holdout,
                    interval: run.holdout.interval === null ? '' : formatInterval(run.holdout.interval),
                  })}
                </Text>
              )}
            </>
          ),
        }),
        column.accessor(({ rates }) => rates.noAnswer, {
          id: 'noAnswer',
          header: t('evidence.noAnswer'),
          meta: { numeric: true },
        }),
        column.accessor(({ rates }) => rates.errors, {
          id: 'errors',
          header: t('evidence.errors'),
          meta: { numeric: true },
        }),
        column.accessor(({ costUsdPer1000Calls: cost }) => cost ?? undefined, {
          id: 'cost',
          header: t('evidence.cost'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => (
            <AnchorLink
              to="/projects/$project/costs"
              params={{ project }}
              search={{ from: 'run', run: run.runId }}
              title={t('costs:planThese')}
              inherit
            >
              <Money usd={run.costUsdPer1000Calls} />
            </AnchorLink>
          ),
        }),
        column.accessor(({ latencyP95Ms }) => latencyP95Ms ?? undefined, {
          id: 'latency',
          header: t('evidence.latency'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => <Duration ms={run.latencyP95Ms} />,
        }),
        column.accessor('createdAt', {
          header: t('evidence.started'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
      ]),
    [project, t],
  );
}
