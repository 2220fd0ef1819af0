import { Paper, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheck, CircleDashed, CircleX, type LucideIcon, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { type Tone, ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { CriteriaBadges } from './criteria-list.tsx';
import type { Request } from './release.ts';
import { RequestDrawer } from './request-drawer.tsx';
import { VersionLink } from './version-link.tsx';

const ROUTE = '/projects/$project/releases';
const column = columnsOf<Request>();
const looks: Record<Request['state'], { tone: Tone; icon: LucideIcon }> = {
  open: { tone: 'info', icon: CircleDashed },
  approved: { tone: 'pass', icon: CircleCheck },
  sent_back: { tone: 'none', icon: Undo2 },
  withdrawn: { tone: 'plain', icon: CircleX },
};

/** What was put forward for release: not shown where nobody ever asked, as where one works alone. */
export function RequestsPanel({ project }: { project: string }) {
  const { t } = useTranslation('releases');
  const { request: opened } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const { data } = useApi('GET /api/projects/:project/release-requests', { params: { project } });
  const columns = useColumns(project);
  const requests = data?.requests ?? [];
  if (requests.length === 0) return null;
  return (
    <Paper component="section" aria-labelledby="requests">
      <Title order={2} id="requests">
        {t('requests.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('requests.text')}
      </Text>
      <DataTable
        label={t('requests.title')}
        columns={columns}
        data={requests}
        rowKey={({ id }) => String(id)}
        openKey={opened === undefined ? null : String(opened)}
        onOpen={({ id }) => navigate({ search: (before) => ({ ...before, request: id }), resetScroll: false })}
        maxHeight={320}
      />
      <RequestDrawer
        project={project}
        request={requests.find(({ id }) => id === opened)}
        onClose={() => navigate({ search: ({ request: _closed, ...before }) => before, resetScroll: false })}
      />
    </Paper>
  );
}

export function RequestState({ state }: Pick<Request, 'state'>) {
  const { t } = useTranslation('releases');
  return <ToneBadge {...looks[state]} text={t(`requests.${state}`)} />;
}

function useColumns(project: string) {
  const { t } = useTranslation('releases');
  return useMemo(
    () =>
      column.columns([
        column.accessor('id', { header: t('requests.request'), meta: { numeric: true } }),
        column.accessor('state', {
          header: t('requests.state'),
          cell: ({ getValue }) => <RequestState state={getValue()} />,
        }),
        column.accessor(({ prompt, version }) => `${prompt}@${version}`, {
          id: 'version',
          header: t('approve.version'),
          cell: ({ row: { original } }) => <VersionLink project={project} {...original} />,
        }),
        column.accessor('model', {
          header: t('common:model.label'),
          cell: ({ getValue }) => <span className="mono nowrap">{getValue()}</span>,
        }),
        column.display({
          id: 'criteria',
          header: t('list.criteria'),
          cell: ({ row: { original } }) => <CriteriaBadges criteria={original.evidence.criteria} />,
        }),
        column.accessor('requestedBy', { header: t('requests.by') }),
        column.accessor('createdAt', {
          header: t('history.when'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        column.accessor('note', { header: t('why'), meta: { fill: true } }),
      ]),
    [project, t],
  );
}
