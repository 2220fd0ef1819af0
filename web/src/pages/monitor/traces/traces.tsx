import { Paper, Stack, Text } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { SearchX, Waypoints } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { AnchorLink } from '../../../components/link.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ErrorAlert, QueryState } from '../../../components/query-state.tsx';
import { REFRESH_MS } from '../use-observations.ts';
import { SendTraces } from './send-traces.tsx';
import { type Summary, TraceFilters } from './trace-filters.tsx';
import { TraceKeeping } from './trace-keeping.tsx';
import { TracesTable } from './traces-table.tsx';
import { useTraces } from './use-traces.ts';

const ROUTE = '/projects/$project/monitor/traces';

/** What programs sent by OpenTelemetry: every request through them, with the calls of models in it. */
export function Traces() {
  const { t } = useTranslation('traces');
  const { project } = useParams({ from: ROUTE });
  const summary = useApi(
    'GET /api/projects/:project/trace-summary',
    { params: { project } },
    { refetchInterval: REFRESH_MS },
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          <>
            <AnchorLink
              to="/projects/$project/monitor"
              params={{ project }}
              activeOptions={{ exact: true }}
              underline="always"
            >
              {t('common:pages.monitor')}
            </AnchorLink>{' '}
            · {t('subtitle')}
          </>
        }
      />
      <QueryState query={summary} height={320}>
        {(about) =>
          about.traces === 0 ? <NoTraces project={project} /> : <Loaded project={project} summary={about} />
        }
      </QueryState>
    </>
  );
}

function NoTraces({ project }: { project: string }) {
  const { t } = useTranslation('traces');
  return (
    <EmptyState icon={Waypoints} title={t('empty.title')} action={<SendTraces project={project} />}>
      {t('empty.text')}
    </EmptyState>
  );
}

function Loaded({ project, summary }: { project: string; summary: Summary }) {
  const { t } = useTranslation('traces');
  const { errors, slow, cost, model, search } = useSearch({ from: ROUTE });
  const filter = { errors: errors ? ('true' as const) : undefined, minMs: slow, minCostUsd: cost, model, search };
  const query = useTraces(project, filter);
  const { hasNextPage, fetchNextPage } = query;
  const readOn = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <Stack gap="md">
      <Paper component="section" aria-label={t('title')}>
        <TraceFilters summary={summary} />
        <QueryState query={query}>
          {(traces) =>
            traces.length === 0 ? (
              <EmptyState icon={SearchX} title={t('filter.nothing')} />
            ) : (
              <TracesTable project={project} traces={traces} onEnd={hasNextPage ? readOn : undefined} />
            )
          }
        </QueryState>
        {query.isFetchNextPageError && <ErrorAlert error={query.error} retry={readOn} />}
        <TraceKeeping project={project} summary={summary} />
      </Paper>
      <Paper>
        <details>
          <summary>{t('send.title')}</summary>
          <Text size="sm" my="sm">
            {t('empty.text')}
          </Text>
          <SendTraces project={project} />
        </details>
      </Paper>
    </Stack>
  );
}
