import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { formatDateTime, formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { VersionActions } from '../../components/version-actions.tsx';
import type { SetDetail } from './set-contents.tsx';

type Version = SetDetail['versions'][number];
type Props = {
  project: string;
  set: SetDetail;
  /** The version whose changes are shown. */
  shown: number;
  onChanges: (number: number) => void;
  /** The version that holds it now, and the one that was asked for. */
  onRestored: (number: number, version: number) => void;
};

const column = columnsOf<Version>();

/** All versions, the newest first, with what can be done with each. */
export function VersionTable({ project, set, shown, onChanges, onRestored }: Props) {
  const { t } = useTranslation('setVersions');
  const [restoring, setRestoring] = useState<number | null>(null);
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('number', {
          header: t('number'),
          meta: { numeric: true },
          cell: ({ getValue }) => (
            <AnchorLink
              to="/projects/$project/sets/$set"
              params={{ project, set: set.slug }}
              search={getValue() === set.version ? {} : { version: getValue() }}
              inherit
            >
              {getValue()}
            </AnchorLink>
          ),
        }),
        column.accessor('note', {
          header: t('note'),
          meta: { fill: true },
          cell: ({ getValue }) => getValue() || <span className="dim">–</span>,
        }),
        column.accessor('author', {
          header: t('author'),
          cell: ({ getValue }) => getValue() || <span className="dim">–</span>,
        }),
        column.accessor('caseCount', {
          header: t('cases'),
          meta: { numeric: true },
          cell: ({ getValue }) => formatNumber(getValue()),
        }),
        column.accessor('createdAt', {
          header: t('created'),
          cell: ({ getValue }) => <span className="nowrap">{formatDateTime(getValue())}</span>,
        }),
        column.display({
          id: 'actions',
          header: t('actions'),
          cell: ({ row: { original } }) => (
            <VersionActions
              isFirst={original.number === 1}
              isNewest={original.number === set.version}
              words={{
                changes: t('changes'),
                changesOf: t('changesOf', { number: original.number }),
                newest: t('newest'),
                restore: t('restore.action'),
                restoreOf: t('restore.actionOf', { number: original.number }),
              }}
              onChanges={() => onChanges(original.number)}
              onRestore={() => setRestoring(original.number)}
            />
          ),
        }),
      ]),
    [project, set.slug, set.version, onChanges, t],
  );
  const data = useMemo(() => set.versions.toReversed(), [set.versions]);
  return (
    <>
      <DataTable
        label={t('title', { set: set.name })}
        columns={columns}
        data={data}
        rowKey={({ number }) => String(number)}
        openKey={String(shown)}
        maxHeight="50vh"
      />
      {restoring !== null && (
        <Restore
          project={project}
          set={set}
          number={restoring}
          onDone={(number) => {
            setRestoring(null);
            onRestored(number, restoring);
          }}
          onClose={() => setRestoring(null)}
        />
      )}
    </>
  );
}

type RestoreProps = {
  project: string;
  set: SetDetail;
  number: number;
  onDone: (number: number) => void;
  onClose: () => void;
};

function Restore({ project, set, number, onDone, onClose }: RestoreProps) {
  const { t } = useTranslation('setVersions');
  const [author] = useAuthor();
  const [note, setNote] = useState(t('restore.note', { number }));
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/restore');
  const restore = () =>
    mutation.mutate(
      { params: { project, set: set.slug }, body: { version: number, base: set.version, note, author } },
      { onSuccess: (saved) => onDone(saved.number) },
    );
  return (
    <Modal opened onClose={onClose} title={t('restore.title', { number })}>
      <Stack gap="sm">
        <Text size="sm">{t('restore.text', { next: set.version + 1 })}</Text>
        <TextInput
          label={t('note')}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <AuthorField />
        <DialogActions error={mutation.error} onCancel={onClose}>
          <Button loading={mutation.isPending} onClick={restore}>
            {t('restore.action')}
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}
