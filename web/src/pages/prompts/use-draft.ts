import { useEffect, useState } from 'react';
import { contentOf, type Draft, draftOf, emptyContent, sameContent } from './draft.ts';
import type { PromptVersion } from './prompt-version.ts';
import { dropDraft, keepDraft, readDraft } from './stored-draft.ts';

type Place = { project: string; prompt: string };
type Base = Pick<PromptVersion, 'number' | 'content'>;
const nothing = { number: null, content: emptyContent };

/**
 * What is written, from the version it begins with. Each change is kept in this browser at once, so that a reload, a crash or leaving the page loses
 * nothing; what was kept is there again when the same version is opened.
 */
export function useDraft({ project, prompt }: Place, start: PromptVersion | null, newest: number) {
  const [place] = useState({ project, prompt });
  const [base, setBase] = useState<Base | typeof nothing>(start ?? nothing);
  const [left] = useState(() => readDraft(place, base.number));
  const [restored, setRestored] = useState(left !== null && !sameAs(base, left.draft) ? left : null);
  const [draft, setDraft] = useState(() => restored?.draft ?? draftOf(base.content));
  const [note, setNote] = useState(restored?.note ?? '');
  const [known, setKnown] = useState(restored?.newest ?? newest);
  const [kept, setKept] = useState(true);
  const changed = !sameAs(base, draft);

  useEffect(() => {
    if (changed)
      setKept(keepDraft(place, { base: base.number, newest: known, draft, note, at: new Date().toISOString() }));
    else dropDraft(place, base.number);
  }, [place, base.number, known, draft, note, changed]);

  /** Goes on from a version: with what is written, or with what the version says. */
  const goOnFrom = (version: Base, writing: 'kept' | 'dropped') => {
    dropDraft(place, base.number);
    setBase(version);
    setKnown(Math.max(known, newest, version.number));
    setRestored(null);
    if (writing === 'dropped') setDraft(draftOf(version.content));
  };
  const discard = () => {
    setRestored(null);
    setDraft(draftOf(base.content));
    setNote('');
  };
  return { base, draft, setDraft, note, setNote, changed, restored, known, kept, goOnFrom, discard };
}

/** Unfinished labels or a schema that can't be read yet are writing too. */
function sameAs(base: Base | typeof nothing, draft: Draft): boolean {
  const { content, problem } = contentOf(draft);
  return problem === null && sameContent(base.content, content);
}
