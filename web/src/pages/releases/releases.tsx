import { Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Stamp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { usePeople } from '../../components/use-people.ts';
import { ApprovePanel } from './approve-panel.tsx';
import { HistoryTable } from './history-table.tsx';
import { LabelsPanel } from './labels-panel.tsx';
import { PointPanel } from './point-panel.tsx';
import type { Releases as Answer } from './release.ts';
import { ReleaseDrawer } from './release-drawer.tsx';
import { ReleasesTable } from './releases-table.tsx';
import { RequestsPanel } from './requests-panel.tsx';
import { WaitingRequests } from './waiting-requests.tsx';

const ROUTE = '/projects/$project/releases';

/** What is approved, on what evidence, and what programs get. */
export function Releases() {
  const { t } = useTranslation('releases');
  const { project } = useParams({ from: ROUTE });
  const { approve, prompt } = useSearch({ from: ROUTE });
  const query = useApi('GET /api/projects/:project/releases', { params: { project } });
  const { open: alone } = usePeople();
  const closed = approve === undefined && prompt === undefined && (query.data?.releases.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={t('common:pages.releases')}
        subtitle={t('subtitle')}
        actions={
          closed && (
            <ButtonLink
              from={ROUTE}
              to="."
              search={{ approve: true }}
              resetScroll={false}
              leftSection={<Stamp size={16} aria-hidden />}
            >
              {t(alone === false ? 'approve.putForward' : 'approve.title')}
            </ButtonLink>
          )
        }
      />
      <QueryState query={query} height={320}>
        {(answer) => <Loaded project={project} {...answer} />}
      </QueryState>
    </>
  );
}

function Loaded({ project, releases, moves, labels }: Answer & { project: string }) {
  const { t } = useTranslation('releases');
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const toPoint = releases.find(({ id }) => id === search.point);
  const none = releases.length === 0;
  return (
    <Stack gap="md">
      <WaitingRequests project={project} />
      {toPoint !== undefined && (
        <PointPanel key={toPoint.id} project={project} release={toPoint} releases={releases} labels={labels} />
      )}
      {(none || search.approve || search.prompt !== undefined) && <ApprovePanel project={project} closable={!none} />}
      <RequestsPanel project={project} />
      {!none && <LabelsPanel project={project} releases={releases} labels={labels} />}
      {!none && (
        <Section id="list" title={t('list.title')} text={t('list.text')}>
          <ReleasesTable project={project} releases={releases} open={search.release} />
        </Section>
      )}
      {moves.length > 0 && (
        <Section id="history" title={t('history.title')} text={t('history.text')}>
          <HistoryTable project={project} moves={moves} releases={releases} />
        </Section>
      )}
      <ReleaseDrawer
        project={project}
        release={releases.find(({ id }) => id === search.release)}
        returnFocus={toPoint === undefined}
        onClose={() => navigate({ search: ({ release: _closed, ...before }) => before, resetScroll: false })}
      />
    </Stack>
  );
}

function Section({ id, title, text, children }: { id: string; title: string; text: string; children: ReactNode }) {
  return (
    <Paper component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {text}
      </Text>
      {children}
    </Paper>
  );
}
