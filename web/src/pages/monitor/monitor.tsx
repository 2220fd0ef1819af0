import { Group, Paper, SegmentedControl, Select, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BellRing, ChartNoAxesCombined } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFiring } from '../../components/firing-badge.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { FailedCalls } from './failed-calls.tsx';
import classes from './monitor.module.css';
import { MonitorLinks } from './monitor-links.tsx';
import { ObservationDrawer } from './observation-drawer.tsx';
import { ObservationsPanel } from './observations-panel.tsx';
import { QualityPanel } from './quality/quality-panel.tsx';
import { ReportCalls } from './report-calls.tsx';
import { Trends } from './trends.tsx';
import { REFRESH_MS } from './use-observations.ts';
import { useReleaseNames } from './use-release-names.ts';

const ROUTE = '/projects/$project/monitor';
const ranges = [1, 7, 30, 90] as const;
const DEFAULT_RANGE = 7;

/** How the releases do in production, and the way of a call into the evaluation set. */
export function Monitor() {
  const { t } = useTranslation('monitor');
  const { project } = useParams({ from: ROUTE });
  const any = useApi(
    'GET /api/projects/:project/observations',
    { params: { project }, query: { limit: 1 } },
    { refetchInterval: REFRESH_MS },
  );
  // Where nothing was answered yet, what failed is all there is to see.
  const failed = useApi(
    'GET /api/projects/:project/failed-calls',
    { params: { project }, query: { days: 365 } },
    { enabled: any.data?.observations.length === 0 },
  );
  return (
    <>
      <PageHeader
        title={t('common:pages.monitor')}
        subtitle={t('subtitle')}
        actions={
          <>
            <MonitorLinks project={project} />
            <ToAlerts project={project} />
          </>
        }
      />
      <QueryState query={any} height={320}>
        {({ observations }) =>
          observations.length === 0 && (failed.data?.newest ?? []).length === 0 ? (
            <NoCalls project={project} />
          ) : (
            <Loaded project={project} />
          )
        }
      </QueryState>
    </>
  );
}

function ToAlerts({ project }: { project: string }) {
  const { t } = useTranslation('alerts');
  const firing = useFiring(project);
  return (
    <ButtonLink
      to="/projects/$project/monitor/alerts"
      params={{ project }}
      variant="default"
      leftSection={<BellRing size={16} aria-hidden />}
    >
      {firing === 0 ? t('open') : t('openFiring', { count: firing })}
    </ButtonLink>
  );
}

function NoCalls({ project }: { project: string }) {
  const { t } = useTranslation('monitor');
  return (
    <EmptyState icon={ChartNoAxesCombined} title={t('empty.title')} action={<ReportCalls project={project} />}>
      {t('empty.text')}
    </EmptyState>
  );
}

function Loaded({ project }: { project: string }) {
  const { t } = useTranslation('monitor');
  const { days = DEFAULT_RANGE, release, observation } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const { releases, known, nameOf } = useReleaseNames(project);
  const query = useApi(
    'GET /api/projects/:project/monitor',
    { params: { project }, query: { days } },
    { refetchInterval: REFRESH_MS, keepPrevious: true },
  );
  return (
    <Stack gap="md">
      <Filters releases={releases.map(({ id }) => ({ value: String(id), label: nameOf(id) }))} />
      <QualityPanel
        project={project}
        days={days}
        prompts={[...new Set(releases.map(({ prompt }) => prompt))]}
        unreleased={query.data?.buckets.some((one) => one.release === null && one.count > 0) ?? false}
        known={known}
        nameOf={nameOf}
      />
      <QueryState query={query} height={480}>
        {(monitored) => (
          <Trends
            monitored={monitored}
            days={days}
            now={query.dataUpdatedAt}
            release={release}
            known={known}
            nameOf={nameOf}
          />
        )}
      </QueryState>
      <FailedCalls project={project} days={days} release={release} nameOf={nameOf} />
      <ObservationsPanel project={project} nameOf={nameOf} />
      <Paper>
        <details className={classes.report}>
          <summary>{t('report.title')}</summary>
          <ReportCalls project={project} />
        </details>
      </Paper>
      <ObservationDrawer
        project={project}
        id={observation}
        releases={releases}
        nameOf={nameOf}
        onClose={() => navigate({ search: ({ observation: _, ...before }) => before, resetScroll: false })}
      />
    </Stack>
  );
}

/** What charts and table are about. */
function Filters({ releases }: { releases: { value: string; label: string }[] }) {
  const { t } = useTranslation('monitor');
  const { days = DEFAULT_RANGE, release } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t('filter.range')}
        value={String(days)}
        data={ranges.map((range) => ({ value: String(range), label: t('filter.days', { count: range }) }))}
        onChange={(value) =>
          navigate({
            search: (before) => ({ ...before, days: ranges.find((range) => range === Number(value)) }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <Select
        aria-label={t('list.release')}
        placeholder={t('filter.allReleases')}
        data={releases}
        value={release === undefined ? null : String(release)}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearRelease') }}
        w={240}
        onChange={(id) =>
          navigate({
            search: (before) => ({ ...before, release: id === null ? undefined : Number(id) }),
            replace: true,
            resetScroll: false,
          })
        }
      />
    </Group>
  );
}
