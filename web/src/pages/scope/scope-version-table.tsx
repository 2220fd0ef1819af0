import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { VersionActions } from '../../components/version-actions.tsx';
import { RequestLink } from './request-link.tsx';
import classes from './scope.module.css';
import type { ScopeVersion } from './scope-draft.ts';

type Props = {
  project: string;
  /** Newest first. */
  versions: readonly ScopeVersion[];
  /** The version whose changes are shown. */
  shown: number;
  onChanges: (number: number) => void;
  onRestore: (version: ScopeVersion) => void;
};

const column = columnsOf<ScopeVersion>();

/** All versions, the newest first, with what changed, what was put forward under each, and what can be done with it. */
export function ScopeVersionTable({ project, versions, shown, onChanges, onRestore }: Props) {
  const { t } = useTranslation('scope');
  const newest = versions[0]?.number;
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('number', { header: t('versions.number'), meta: { numeric: true } }),
        column.accessor('createdAt', {
          header: t('versions.saved'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        column.accessor('author', {
          header: t('versions.author'),
          cell: ({ getValue }) => getValue() || <span className="dim">–</span>,
        }),
        column.accessor(({ changed }) => changed.map((field) => t(`field.${field}`)).join(t('comma')), {
          id: 'changed',
          header: t('versions.changed'),
          meta: { fill: true },
          cell: ({ getValue }) => <span className={classes.wrap}>{getValue() || '–'}</span>,
        }),
        column.display({
          id: 'requests',
          header: t('versions.requests'),
          cell: ({ row: { original } }) =>
            original.requests.length === 0 ? (
              <span className="dim">–</span>
            ) : (
              original.requests.map((request) => (
                <div key={request.id} className="nowrap">
                  <RequestLink project={project} request={request} />
                </div>
              ))
            ),
        }),
        column.display({
          id: 'actions',
          header: t('versions.actions'),
          cell: ({ row: { original } }) => (
            <VersionActions
              isFirst={original.number === 1}
              isNewest={original.number === newest}
              words={{
                changes: t('versions.changes'),
                changesOf: t('versions.changesOf', { number: original.number }),
                newest: t('versions.newest'),
                restore: t('restore.action'),
                restoreOf: t('restore.actionOf', { number: original.number }),
              }}
              onChanges={() => onChanges(original.number)}
              onRestore={() => onRestore(original)}
            />
          ),
        }),
      ]),
    [project, newest, onChanges, onRestore, t],
  );
  return (
    <DataTable
      label={t('versions.title')}
      columns={columns}
      data={versions}
      rowKey={({ number }) => String(number)}
      openKey={String(shown)}
      maxHeight="50vh"
    />
  );
}
