import { useHotkeys } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { type Changes, noChanges, sentChanges, without } from './set-changes.ts';

/** Changes of a set that are collected until they are saved together; `newest` is the version that is shown. */
export function useSetChanges(project: string, set: string, newest: number) {
  const [author] = useAuthor();
  /** `base` is the version that the changes were made on: it stays when someone else saves one meanwhile. */
  const [{ changes, base }, setState] = useState({ changes: noChanges, base: newest });
  const [note, setNote] = useState('');
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/changes');
  const isChanged = changes.size > 0;

  const change = (next: Changes) => {
    setState({ changes: next, base: isChanged ? base : newest });
    if (mutation.isError) mutation.reset();
  };
  const undo = useCallback(
    (id: string) => setState((before) => ({ ...before, changes: without(before.changes, id) })),
    [],
  );
  const clear = () => {
    change(noChanges);
    setNote('');
  };
  const save = () => {
    if (!isChanged || mutation.isPending) return;
    const body = { base, changes: sentChanges(changes), note, author };
    mutation.mutate({ params: { project, set }, body }, { onSuccess: clear });
  };
  useHotkeys([['mod+S', save]], [], true);
  return {
    changes,
    isChanged,
    change,
    undo,
    clear,
    save,
    note,
    setNote,
    /** Takes the version that is there now for the one that the changes are made on. */
    rebase: (version: number) => {
      setState({ changes, base: version });
      mutation.reset();
    },
    saved: mutation.data ?? null,
    pending: mutation.isPending,
    error: mutation.error,
  };
}
