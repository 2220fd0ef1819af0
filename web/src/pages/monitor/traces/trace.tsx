import { Group, Paper, Stack, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { OctagonAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { ToneBadge } from '../../../components/badge.tsx';
import { DateTime, Duration, Money, Tokens } from '../../../components/figures.tsx';
import { formatNumber } from '../../../components/format.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { REFRESH_MS } from '../use-observations.ts';
import { SpanDrawer } from './span-drawer.tsx';
import { SpanTree } from './span-tree.tsx';
import type { Trace } from './use-traces.ts';

const ROUTE = '/projects/$project/monitor/traces/$trace';

/** One request through a program: its spans over time, and what each of them holds. */
export function TracePage() {
  const { t } = useTranslation('traces');
  const { project, trace } = useParams({ from: ROUTE });
  const { span: open } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const query = useApi(
    'GET /api/projects/:project/traces/:trace',
    { params: { project, trace } },
    // Its later parts may still come.
    { refetchInterval: REFRESH_MS },
  );
  const show = (span: string | undefined) => void navigate({ search: { span }, resetScroll: false });
  return (
    <>
      <PageHeader
        title={query.data?.trace.name || t('one')}
        subtitle={
          <>
            <AnchorLink
              to="/projects/$project/monitor/traces"
              params={{ project }}
              activeOptions={{ exact: true }}
              underline="always"
            >
              {t('title')}
            </AnchorLink>{' '}
            · <span className="mono">{trace}</span>
          </>
        }
      />
      <QueryState query={query} height={320}>
        {(found) => (
          <Stack gap="md">
            <Figures trace={found.trace} />
            <Paper component="section" aria-label={t('spans')}>
              {found.spans.length < found.trace.spans && (
                <Text size="sm" c="dimmed" mb="xs">
                  {t('shownFirst', { shown: formatNumber(found.spans.length), count: found.trace.spans })}
                </Text>
              )}
              <SpanTree trace={found.trace} spans={found.spans} open={open} onOpen={show} />
            </Paper>
            <SpanDrawer
              project={project}
              trace={trace}
              span={found.spans.find(({ spanId }) => spanId === open)}
              onClose={() => show(undefined)}
            />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

function Figures({ trace }: { trace: Trace }) {
  const { t } = useTranslation('traces');
  return (
    <Group gap="4px 20px">
      <DateTime at={trace.startedAt} />
      {trace.service !== '' && <span className="mono">{trace.service}</span>}
      <Duration ms={trace.durationMs} />
      <span>{t('spanCount', { count: trace.spans })}</span>
      <span>{t('callCount', { count: trace.modelCalls })}</span>
      <Tokens input={trace.inputTokens} output={trace.outputTokens} />
      {trace.cachedInputTokens > 0 && <span>{t('cached', { count: trace.cachedInputTokens })}</span>}
      <span>
        <Money usd={trace.costUsd} />
        {trace.costUsd !== null && trace.unpriced > 0 && (
          <span className="dim"> {t('unpriced', { count: trace.unpriced })}</span>
        )}
      </span>
      {trace.errors > 0 && (
        <ToneBadge tone="fail" icon={OctagonAlert} text={t('errorCount', { count: trace.errors })} />
      )}
    </Group>
  );
}
