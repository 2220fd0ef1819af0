import { useEffect, useRef, useState } from 'react';
import { isRecord } from '../../components/error-text.ts';
import { keepValue, readKept } from '../../components/kept-value.ts';
import { type Base, draftOf, emptyScope, over, type ScopeDraft, saysTheSame, scopeFields } from './scope-draft.ts';

/** A draft as this browser keeps it: with the version that it was written from, and when it was last changed. */
type KeptDraft = { base: Base; draft: ScopeDraft; at: string };

const keyOf = (project: string) => `whetstone.scope/${project}`;

/** Each field has the type that an empty scope has, or is a number that an empty one lacks. */
const hasFields = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) &&
  scopeFields.every((field) => {
    const [given, model] = [value[field], emptyScope[field]];
    if (model === null) return given === null || typeof given === 'number';
    return Array.isArray(model) ? Array.isArray(given) && given.every(isRecord) : typeof given === typeof model;
  });
const isKeptDraft = (value: unknown): value is KeptDraft =>
  isRecord(value) &&
  isRecord(value.base) &&
  typeof value.base.number === 'number' &&
  hasFields(value.base.scope) &&
  hasFields(value.draft) &&
  typeof value.at === 'string';

/**
 * What is written, from the version it begins with. Each change is kept in this browser at once, so that a reload, a crash or leaving the page loses
 * nothing. Who has written nothing follows the newest version.
 */
export function useScopeDraft(project: string, newest: Base) {
  const [left] = useState(() => readKept(keyOf(project), isKeptDraft));
  const [restored, setRestored] = useState(left !== null && !saysTheSame(left.draft, newest.scope) ? left : null);
  const [base, setBase] = useState(restored?.base ?? newest);
  const [draft, setDraft] = useState(() => restored?.draft ?? draftOf(newest.scope));
  const [kept, setKept] = useState(true);
  /** What is kept may be another tab's: only who kept it takes it away. */
  const isOwn = useRef(left !== null);
  const changed = !saysTheSame(draft, base.scope);
  const behind = newest.number !== base.number;

  if (behind && (!changed || saysTheSame(draft, newest.scope))) {
    setBase(newest);
    if (!changed) setDraft(draftOf(newest.scope));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab that saved dropped what both had kept
  useEffect(() => {
    if (changed) setKept(keepValue(keyOf(project), { base, draft, at: new Date().toISOString() } satisfies KeptDraft));
    else if (isOwn.current) localStorage.removeItem(keyOf(project));
    isOwn.current = changed;
  }, [project, base, draft, changed, newest.number]);

  /** Goes on from a version: with what is written put over it, with all that is written, or with what the version says. */
  const goOnFrom = (version: Base, writing: 'over' | 'kept' | 'dropped') => {
    setBase(version);
    setRestored(null);
    if (writing === 'over') setDraft(over(draft, base.scope, version.scope));
    if (writing === 'dropped') setDraft(draftOf(version.scope));
  };
  return { base, draft, setDraft, changed, kept, restored, behind: behind && changed, goOnFrom };
}
