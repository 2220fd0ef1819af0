import { useHotkeys } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { type Changes, leftAfterSaving, noChanges, sentChanges, without } from './set-changes.ts';

const noPast: readonly Changes[] = [];

/** Changes of a set that are collected until they are saved together; `newest` is the version that is shown. */
export function useSetChanges(project: string, set: string, newest: number) {
  const [author] = useAuthor();
  /** `base` is the version that the changes were made on: it stays when someone else saves one meanwhile. */
  const [{ changes, base, past }, setState] = useState({ changes: noChanges, base: newest, past: noPast });
  const [note, setNote] = useState('');
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/changes');
  const isChanged = changes.size > 0;

  const change = (next: Changes) => {
    setState({ changes: next, base: isChanged ? base : newest, past: [...past, changes] });
    if (mutation.isError) mutation.reset();
  };
  const undo = useCallback(
    (id: string) =>
      setState((before) => ({
        ...before,
        changes: without(before.changes, id),
        past: [...before.past, before.changes],
      })),
    [],
  );
  const clear = () => {
    setState({ changes: noChanges, base: newest, past: noPast });
    if (mutation.isError) mutation.reset();
    setNote('');
  };
  const undoLast = () => {
    const last = past.at(-1);
    if (last !== undefined) setState({ changes: last, base, past: past.slice(0, -1) });
  };
  const save = () => {
    if (!isChanged || mutation.isPending) return;
    const body = { base, changes: sentChanges(changes), note, author };
    const saved = ({ number }: { number: number }) => {
      setState((before) => ({ changes: leftAfterSaving(before.changes, changes), base: number, past: noPast }));
      setNote('');
    };
    mutation.mutate({ params: { project, set }, body }, { onSuccess: saved });
  };
  useHotkeys([['mod+S', save]], [], true);
  // In a field the same keys undo what was typed there.
  useHotkeys([['mod+Z', undoLast]]);
  return {
    changes,
    isChanged,
    change,
    undo,
    /** Takes back the last change, of however many cases; null where nothing is left to take back. */
    undoLast: past.length > 0 ? undoLast : null,
    clear,
    save,
    note,
    setNote,
    /** Takes the version that is there now for the one that the changes are made on. */
    rebase: (version: number) => {
      setState({ changes, base: version, past });
      mutation.reset();
    },
    saved: mutation.data ?? null,
    pending: mutation.isPending,
    error: mutation.error,
  };
}
