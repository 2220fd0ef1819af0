import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { History, Plus, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { CommentCounts } from '../../components/comment-sign.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { UnsavedGuard } from '../../components/unsaved-guard.tsx';
import { BulkEditing } from './bulk-editing.tsx';
import { CaseFilters } from './case-filters.tsx';
import { CaseTable } from './case-table.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { OpenCase } from './open-case.tsx';
import { type CaseRow, rowsOf, withEach, without } from './set-changes.ts';
import type { SetDetail } from './set-contents.tsx';
import { useCases } from './use-cases.ts';
import { useSetChanges } from './use-set-changes.ts';

type Props = {
  project: string;
  set: SetDetail;
  /** Number of the version that is shown where that is not the newest: it can be read only. */
  old: number | null;
};

const here = '/projects/$project/sets/$set';
const keyOf = ({ key }: { key: string }) => key;

/** The cases of a set: found, read and changed; changes are collected and saved together. */
export function SetCases({ project, set, old }: Props) {
  const { t } = useTranslation('sets');
  const { search, split, label, tag, source, failedIn, case: openKey } = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const filter = { search, split, label, tag, source, failedIn };
  const query = useCases({ project, set: set.slug, version: old ?? undefined, filter });
  const counts = useApi('GET /api/projects/:project/sets/:set/comment-counts', { params: { project, set: set.slug } });
  const own = useSetChanges(project, set.slug, set.version);
  /** A case that is not saved yet has no address: `new` or the id it got when it was added. */
  const [draft, setDraft] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rebase = useRebase(project, set.slug, own.rebase);
  const changes = old === null ? own.changes : new Map();
  const rows = rowsOf(query.cases, changes);

  const show = (key: string | undefined) =>
    navigate({ search: (before) => ({ ...before, case: key }), replace: true, resetScroll: false });
  const open = (row: CaseRow) => (row.state === 'added' ? setDraft(row.id) : show(row.id));
  const close = () => {
    setDraft(null);
    if (openKey !== undefined) show(undefined);
  };
  const add = () => old === null && setDraft('new');
  useHotkey('a', t('cases.add'), add);
  const opened = draft ?? openKey ?? null;

  return (
    <Stack gap="sm">
      <UnsavedGuard when={own.isChanged} />
      <Group justify="space-between">
        <Title order={2}>{t('cases.label')}</Title>
        {old === null && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={add}>
            {t('cases.add')}
          </Button>
        )}
      </Group>
      {old !== null && <OldVersion project={project} set={set} old={old} />}
      {own.saved !== null && !own.isChanged && (
        <Text size="sm" role="status" c="var(--w-pass)">
          {t('changes.saved', { number: own.saved.number })}
        </Text>
      )}
      <CaseFilters
        project={project}
        set={set}
        filter={filter}
        onChange={(next) =>
          navigate({
            search: (before) => ({ version: before.version, case: before.case, ...next }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      {old === null && (
        <BulkEditing
          project={project}
          set={set}
          filter={filter}
          rows={rows}
          count={query.count}
          isChanged={own.isChanged}
          chosen={rows.filter(({ id }) => chosen.has(id))}
          onEdit={(some, edit) => own.change(withEach(own.changes, some, query.cases, edit))}
          onClear={() => setChosen(new Set())}
        />
      )}
      {query.error !== null && <ErrorAlert error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState icon={SearchX} title={t('cases.none')}>
          {t('cases.noneText')}
        </EmptyState>
      ) : (
        <CommentCounts counts={counts.data?.cases} idOf={keyOf}>
          <CaseTable
            rows={rows}
            openId={opened}
            onOpen={open}
            onUndo={own.undo}
            chosen={old === null ? chosen : null}
            onChoose={setChosen}
          />
        </CommentCounts>
      )}
      <Group gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {t('cases.shown', { shown: query.cases.length, count: query.count })}
        </Text>
        {query.hasNextPage && (
          <Button
            size="compact-sm"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {t('cases.more')}
          </Button>
        )}
      </Group>
      {own.isChanged && (
        <ChangesPanel
          changes={own.changes}
          next={set.version + 1}
          note={own.note}
          onNote={own.setNote}
          onSave={own.save}
          onDiscard={own.clear}
          onUndoLast={own.undoLast}
          onRebase={rebase}
          onDrop={(key) => own.change(without(own.changes, key))}
          pending={own.pending}
          error={own.error}
        />
      )}
      {opened !== null && (
        <OpenCase
          key={opened}
          project={project}
          set={set}
          old={old}
          id={opened}
          cases={query.cases}
          changes={changes}
          onChange={own.change}
          onClose={close}
        />
      )}
    </Stack>
  );
}

/** Reads what someone else saved, then takes that version for the one that the changes are made on. */
function useRebase(project: string, set: string, rebase: (version: number) => void): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const { version } = await request('GET /api/projects/:project/sets/:set', { params: { project, set } });
    await client.invalidateQueries();
    rebase(version);
  };
}

function OldVersion({ project, set, old }: { project: string; set: SetDetail; old: number }) {
  const { t } = useTranslation('sets');
  return (
    <Alert color="gray" variant="light" icon={<History size={18} />} title={t('version.old', { number: old })}>
      <AnchorLink to={here} params={{ project, set: set.slug }} size="sm">
        {t('version.toNewest', { number: set.version })}
      </AnchorLink>
    </Alert>
  );
}
