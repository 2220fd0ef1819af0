import { useEffect, useRef, useState } from 'react';
import { dropScopeDraft, keepScopeDraft, readScopeDraft } from './kept-draft.ts';
import { type Base, draftOf, over, saysTheSame } from './scope-draft.ts';

/**
 * What is written, from the version it begins with. Each change is kept in this browser at once, so that a reload, a crash or leaving the page loses
 * nothing. Who has written nothing follows the newest version.
 */
export function useScopeDraft(project: string, newest: Base) {
  const [left] = useState(() => readScopeDraft(project));
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
    if (changed) setKept(keepScopeDraft(project, { base, draft, at: new Date().toISOString() }));
    else if (isOwn.current) dropScopeDraft(project);
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
