import { Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Tag } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { CriteriaBadges } from './criteria-list.tsx';
import { Digest } from './digest.tsx';
import type { Release } from './release.ts';
import { VersionLink } from './version-link.tsx';

const column = columnsOf<Release>();
type Props = { project: string; releases: readonly Release[]; open: number | undefined };

/** Releases, newest first; a row opens what it was approved on. */
export function ReleasesTable({ project, releases, open }: Props) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const columns = useColumns(project);
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      data={releases}
      rowKey={({ id }) => String(id)}
      openKey={open === undefined ? null : String(open)}
      onOpen={({ id }) => navigate({ search: (before) => ({ ...before, release: id }), resetScroll: false })}
    />
  );
}

/** Labels that point to a release, side by side. */
export function Labels({ labels }: { labels: readonly string[] }) {
  return (
    <Group gap={4} wrap="nowrap">
      {labels.map((label) => (
        <ToneBadge key={label} tone="info" icon={Tag} text={label} />
      ))}
    </Group>
  );
}

function useColumns(project: string) {
  const { t } = useTranslation('releases');
  return useMemo(
    () =>
      column.columns([
        column.accessor('id', {
          header: t('list.release'),
          cell: ({ row: { original } }) => <span className="nowrap">{t('release', { number: original.number })}</span>,
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
          id: 'labels',
          header: t('list.labels'),
          cell: ({ row: { original } }) => <Labels labels={original.labels} />,
        }),
        column.display({
          id: 'criteria',
          header: t('list.criteria'),
          cell: ({ row: { original } }) => <CriteriaBadges criteria={original.evidence.criteria} />,
        }),
        column.accessor('approvedBy', {
          header: t('list.approvedBy'),
          cell: ({ getValue }) => <span className="nowrap">{getValue()}</span>,
        }),
        column.accessor('createdAt', {
          header: t('list.approved'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        column.accessor('evidenceDigest', {
          header: t('list.digest'),
          cell: ({ getValue }) => <Digest digest={getValue()} />,
        }),
      ]),
    [project, t],
  );
}
