import type { SentBody } from '../../../../server/http/contract/index.ts';
import { type SetCase, shownValue } from './case-value.ts';

export type CaseContent = Pick<SetCase, 'variables' | 'expected' | 'tags' | 'group' | 'scorers'>;
/** What a person did to a set and has not saved yet. `before` is the case as it was when it was changed. */
export type Change =
  | { type: 'add'; key: string | null; content: CaseContent; split: SetCase['split'] | null }
  | { type: 'replace'; before: SetCase; content: CaseContent }
  | { type: 'remove'; before: SetCase };
/** By the key of the case; those that are added by an id of their own until the server gives them a key. */
export type Changes = ReadonlyMap<string, Change>;

export type CaseRow = CaseContent & {
  id: string;
  key: string | null;
  split: SetCase['split'] | null;
  source: string | null;
  state: 'same' | 'added' | 'changed' | 'removed';
  /** Someone else saved another content for this case meanwhile. */
  theirs: SetCase | null;
};

/** What is done to several cases alike. */
export type BulkEdit = SentBody<'POST /api/projects/:project/sets/:set/change-matching'>['edit'];

/** A case after an edit; null where it is removed. */
export function edited({ variables, expected, tags, group, scorers }: CaseContent, edit: BulkEdit): CaseContent | null {
  const content = { variables, expected, tags, group, scorers };
  switch (edit.type) {
    case 'remove':
      return null;
    case 'relabel':
      return { ...content, expected: edit.expected };
    case 'add_tag':
      return tags.includes(edit.tag) ? content : { ...content, tags: [...tags, edit.tag] };
    case 'remove_tag':
      return { ...content, tags: tags.filter((tag) => tag !== edit.tag) };
  }
}

/** The tag or the label that an edit is about. */
export const shownEdit = (edit: BulkEdit): string =>
  'tag' in edit ? edit.tag : edit.type === 'relabel' ? shownValue(edit.expected) : '';

export const noChanges: Changes = new Map();

export const sameCase = (a: CaseContent, b: CaseContent): boolean => canonical(a) === canonical(b);

const canonical = ({ variables, expected, tags, group = null, scorers = [] }: CaseContent): string =>
  JSON.stringify([variables, expected, tags, group, scorers], (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** With a case added, or one that was added before and is not saved yet changed. */
export function withAdded(
  changes: Changes,
  id: string,
  added: Omit<Extract<Change, { type: 'add' }>, 'type'>,
): Changes {
  return new Map(changes).set(id, { type: 'add', ...added });
}

/** With a case changed; one that is as it was before is no change. */
export function withContent(changes: Changes, before: SetCase, content: CaseContent): Changes {
  if (sameCase(before, content)) return without(changes, before.key);
  return new Map(changes).set(before.key, { type: 'replace', before, content });
}

/** With a case removed; one that was never saved is simply gone. */
export function withRemoved(changes: Changes, row: CaseRow, before: SetCase | undefined): Changes {
  if (row.state === 'added' || before === undefined) return without(changes, row.id);
  return new Map(changes).set(row.id, { type: 'remove', before });
}

/** With several cases changed alike; null for the content of one removes it. */
export function withEach(
  changes: Changes,
  rows: readonly CaseRow[],
  cases: readonly SetCase[],
  edit: (row: CaseRow) => CaseContent | null,
): Changes {
  const byKey = new Map(cases.map((item) => [item.key, item]));
  return rows.reduce((all, row) => {
    const content = edit(row);
    const added = all.get(row.id);
    if (added?.type === 'add')
      return content === null ? without(all, row.id) : withAdded(all, row.id, { ...added, content });
    const before = byKey.get(row.id);
    if (before === undefined || row.state === 'removed') return all;
    return content === null ? withRemoved(all, row, before) : withContent(all, before, content);
  }, changes);
}

/** What was changed while others were being saved; a case that was added by then is there, and no further one. */
export const leftAfterSaving = (changes: Changes, sent: Changes): Changes =>
  new Map([...changes].filter(([id, change]) => change !== sent.get(id) && !(change.type === 'add' && sent.has(id))));

export function without(changes: Changes, id: string): Changes {
  const next = new Map(changes);
  next.delete(id);
  return next;
}

/** The cases of the newest version with the changes shown in them, those that are added first. */
export function rowsOf(cases: readonly SetCase[], changes: Changes): CaseRow[] {
  const added = [...changes].flatMap(([id, change]): CaseRow[] =>
    change.type === 'add'
      ? [{ ...change.content, id, key: change.key, split: change.split, source: null, state: 'added', theirs: null }]
      : [],
  );
  return [...added, ...cases.map((item) => rowOf(item, changes.get(item.key)))];
}

/** A case with what was done to it. */
export function rowOf(item: SetCase, change: Change | undefined): CaseRow {
  const { key, variables, expected, tags, group, scorers, split, source } = item;
  const row = { id: key, key, variables, expected, tags, group, scorers, split, source };
  if (change === undefined || change.type === 'add') return { ...row, state: 'same', theirs: null };
  const theirs = sameCase(change.before, item) ? null : item;
  if (change.type === 'remove') return { ...row, state: 'removed', theirs };
  return { ...row, ...change.content, state: 'changed', theirs };
}

/** The changes as the server takes them. */
export function sentChanges(changes: Changes): SentBody<'POST /api/projects/:project/sets/:set/changes'>['changes'] {
  return [...changes.values()].map((change) => {
    if (change.type === 'remove') return { type: 'remove', key: change.before.key };
    if (change.type === 'replace') return { type: 'replace', key: change.before.key, case: change.content };
    const { key, content, split } = change;
    return { type: 'add', key: key ?? undefined, case: { ...content, split: split ?? undefined } };
  });
}
