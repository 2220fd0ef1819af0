import { Group, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { StandInBadge } from '../../components/stand-in-badge.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { type Run, useRuns } from '../../components/use-runs.ts';

const SHOWN = 6;
const column = columnsOf<Run>();

/** The runs that were started last, whatever became of them. */
export function NewestRuns({ project }: { project: string }) {
  const { t } = useTranslation('projects');
  const query = useRuns(project, { limit: SHOWN });
  const columns = useColumns(project);
  // The chart above says already that there is none, and how to start one.
  if (query.data?.runs.length === 0) return null;
  return (
    <section aria-labelledby="newest-runs">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="newest-runs">
          {t('overview.runs')}
        </Title>
        <AnchorLink to="/projects/$project/runs" params={{ project }} size="sm">
          {t('overview.allRuns')}
        </AnchorLink>
      </Group>
      <QueryState query={query}>
        {({ runs }) => (
          <DataTable label={t('overview.runs')} columns={columns} data={runs} rowKey={({ id }) => String(id)} />
        )}
      </QueryState>
    </section>
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('projects');
  return useMemo(
    () =>
      column.columns([
        column.accessor('id', {
          header: t('runs.run'),
          cell: ({ getValue }) => (
            <AnchorLink to="/projects/$project/runs/$run" params={{ project, run: String(getValue()) }} inherit>
              #{getValue()}
            </AnchorLink>
          ),
        }),
        column.accessor('status', {
          header: t('runs.status'),
          cell: ({ row: { original: run } }) => <StatusBadge status={run.status} reason={run.statusReason} />,
        }),
        column.accessor((run) => `${run.prompt} ${run.version}`, {
          id: 'version',
          header: t('runs.version'),
          cell: ({ row: { original: run } }) => t('runs.versionText', { prompt: run.prompt, version: run.version }),
        }),
        column.accessor('model', {
          header: t('runs.model'),
          cell: ({ row: { original: run } }) => (
            <Group gap={6}>
              <span className="mono">{run.model}</span>
              {run.standIn && <StandInBadge />}
            </Group>
          ),
        }),
        column.accessor('split', { header: t('runs.split'), cell: ({ getValue }) => t(`common:split.${getValue()}`) }),
        column.accessor((run) => run.passRate ?? undefined, {
          id: 'rate',
          header: t('runs.rate'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => <RateWithInterval {...run} />,
        }),
        column.accessor('noAnswer', { header: t('runs.noAnswer'), meta: { numeric: true } }),
        column.accessor('errors', { header: t('runs.errors'), meta: { numeric: true } }),
        column.accessor('createdAt', {
          header: t('runs.started'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
      ]),
    [project, t],
  );
}
