import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { useApiMutation } from '../../../api/query.ts';
import { useAuthor } from '../../../components/author-field.tsx';
import type { Suspect } from './audit-report.ts';

/** The label that a person holds for right, by the key of the case. */
export type Decisions = ReadonlyMap<string, { label: string; before: string }>;

/** Decisions about doubted labels, collected until they are saved together on the version that was read. */
export function useDecisions(project: string, set: string, base: number) {
  const [author] = useAuthor();
  const [decisions, setDecisions] = useState<Decisions>(new Map());
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/audit/decisions');
  const clear = () => {
    setDecisions(new Map());
    setNote('');
    setAsked(false);
  };
  const change = (next: Decisions) => {
    setDecisions(next);
    if (!mutation.isIdle) mutation.reset();
  };
  const save = () => {
    if (decisions.size === 0 || mutation.isPending) return;
    setAsked(true);
    if (author.trim() === '') return;
    const body = { base, decisions: choicesOf(decisions), note, author };
    mutation.mutate({ params: { project, set }, body }, { onSuccess: clear });
  };
  useHotkeys([['mod+S', save]], [], true);
  return {
    decisions,
    decide: ({ key, label: before }: Suspect, label: string) => change(new Map(decisions).set(key, { label, before })),
    undo: (key: string) => change(new Map([...decisions].filter(([other]) => other !== key))),
    clear,
    save,
    note,
    setNote,
    /** Saving was asked for, and nobody's name is given. */
    nameMissing: asked && author.trim() === '',
    saved: mutation.data ?? null,
    pending: mutation.isPending,
    error: mutation.error,
  };
}

export const choicesOf = (decisions: Decisions) => [...decisions].map(([key, { label }]) => ({ key, label }));
export const relabels = (decisions: Decisions): number =>
  [...decisions.values()].filter(({ label, before }) => label !== before).length;
