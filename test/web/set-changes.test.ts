import { describe, expect, it } from 'vitest';
import { contentOfDraft, draftOfCase, newCase, withVariable } from '../../web/src/pages/sets/case-draft.ts';
import { asKind, draftOfValue, readValue, type SetCase, shownValue } from '../../web/src/pages/sets/case-value.ts';
import {
  leftAfterSaving,
  noChanges,
  rowOf,
  rowsOf,
  sameCase,
  sentChanges,
  withAdded,
  withContent,
  withEach,
  without,
  withRemoved,
} from '../../web/src/pages/sets/set-changes.ts';

const aCase = (key: string, expected = 'good'): SetCase => ({
  id: 1,
  key,
  variables: { review: `review ${key}` },
  expected,
  tags: [],
  source: 'import',
  split: 'dev',
  position: 1,
});
const content = { variables: { review: 'mine' }, expected: 'bad', tags: [] };

describe('changes of a set', () => {
  const [a, b] = [aCase('a'), aCase('b')];

  it('that were made while others were being saved are left', () => {
    const sent = withContent(withAdded(noChanges, 'x', { key: null, content, split: null }), a, content);
    const meanwhile = withContent(withAdded(sent, 'x', { key: null, content: b, split: null }), b, content);
    expect([...leftAfterSaving(meanwhile, sent).keys()]).toEqual(['b']);
    expect(leftAfterSaving(sent, sent).size).toBe(0);
    expect([...leftAfterSaving(withContent(sent, a, { ...content, expected: 'fair' }), sent).keys()]).toEqual(['a']);
  });

  it('show in the rows, added cases first', () => {
    const added = withAdded(noChanges, 'x', { key: null, content, split: null });
    const changed = withContent(added, a, content);
    const removed = withRemoved(changed, rowOf(b, undefined), b);
    const rows = rowsOf([a, b], removed);
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      ['x', 'added'],
      ['a', 'changed'],
      ['b', 'removed'],
    ]);
    expect(sentChanges(removed)).toEqual([
      { type: 'add', key: undefined, case: { ...content, split: undefined } },
      { type: 'replace', key: 'a', case: content },
      { type: 'remove', key: 'b' },
    ]);
  });

  it('are made to several cases at once, whatever was done to them before', () => {
    const mixed = withRemoved(withAdded(noChanges, 'x', { key: null, content, split: null }), rowOf(b, undefined), b);
    const rows = rowsOf([a, b], mixed);
    const tagged = withEach(mixed, rows, [a, b], ({ variables, expected }) => ({ variables, expected, tags: ['t'] }));
    expect(rowsOf([a, b], tagged).map(({ id, state, tags }) => [id, state, tags])).toEqual([
      ['x', 'added', ['t']],
      ['a', 'changed', ['t']],
      ['b', 'removed', []],
    ]);
    const gone = withEach(tagged, rowsOf([a, b], tagged), [a, b], () => null);
    expect(rowsOf([a, b], gone).map(({ id, state }) => [id, state])).toEqual([
      ['a', 'removed'],
      ['b', 'removed'],
    ]);
  });

  it('are gone when a case is as it was, is taken back, or was never saved', () => {
    const changed = withContent(noChanges, a, content);
    expect(withContent(changed, a, a).size).toBe(0);
    expect(without(changed, 'a').size).toBe(0);
    const added = withAdded(noChanges, 'x', { key: 'new', content, split: 'holdout' });
    const [row] = rowsOf([], added);
    expect(row && withRemoved(added, row, undefined).size).toBe(0);
  });

  it('say where someone else saved another content meanwhile', () => {
    const change = withContent(noChanges, a, content).get('a');
    expect(rowOf(a, change).theirs).toBeNull();
    const theirs = aCase('a', 'neutral');
    expect(rowOf(theirs, change)).toMatchObject({ state: 'changed', expected: 'bad', theirs });
  });

  it('are none where only the order of names differs', () => {
    const one = { variables: { x: 1, y: { b: 1, a: 2 } }, expected: null, tags: [] };
    expect(sameCase(one, { ...one, variables: { y: { a: 2, b: 1 }, x: 1 } })).toBe(true);
    expect(sameCase(one, { ...one, tags: ['t'] })).toBe(false);
  });
});

describe('a case while it is edited', () => {
  it('says what it said, whatever the kind of its values', () => {
    const given = {
      variables: { text: 'a', list: [1, 'b'], none: null, yes: true, n: 1.5 },
      expected: { a: 1 },
      tags: ['t'],
      group: null,
      scorers: ['must=contains:x', 'length:<=200'],
    };
    expect(contentOfDraft(draftOfCase(given, 'k', 'dev'))).toEqual({ content: given });
  });

  it.each([
    ['noVariable', { ...newCase([]), expected: draftOfValue('x') }],
    ['noName', withVariable({ ...newCase(['review']), expected: draftOfValue('x') })],
    ['noExpected', newCase(['review'])],
    ['value', { ...newCase(['review']), expected: { kind: 'number', text: 'many' } as const }],
  ])('is not kept: %s', (problem, draft) => {
    expect(contentOfDraft(draft)).toEqual({ problem });
  });

  it('names two variables of one name', () => {
    const draft = withVariable({ ...newCase(['review']), expected: draftOfValue('x') });
    const named = draft.variables.map((variable) => ({ ...variable, name: 'review ' }));
    expect(contentOfDraft({ ...draft, variables: named })).toEqual({ problem: 'sameName' });
  });

  it('expects nothing only where that is chosen', () => {
    expect(readValue(draftOfValue(null))).toEqual({ value: null });
    expect(readValue({ kind: 'number', text: ' ' })).toEqual({ problem: 'number' });
    expect(readValue({ kind: 'json', text: '{a}' })).toEqual({ problem: 'json' });
  });
});

describe('a conversation', () => {
  const turns = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
  ];

  it('is a kind of its own, that a text can become', () => {
    const draft = draftOfValue(turns);
    expect(draft.kind).toBe('conversation');
    expect(readValue(draft)).toEqual({ value: turns });
    expect(readValue(asKind({ kind: 'text', text: 'Hi' }, 'conversation'))).toEqual({ value: turns.slice(0, 1) });
    expect(readValue(asKind({ kind: 'json', text: draft.text }, 'conversation'))).toEqual({ value: turns });
    expect(shownValue(turns)).toBe('user: Hi · assistant: Hello');
  });
});

it('the group of a case is part of what changes', () => {
  const before = { ...aCase('a'), group: 'g' };
  const draft = draftOfCase(before, before.key, before.split);
  const read = contentOfDraft({ ...draft, group: ' ' });
  expect(read).toMatchObject({ content: { group: null } });
  expect('content' in read && sentChanges(withContent(noChanges, before, read.content))).toMatchObject([
    { type: 'replace', key: 'a', case: { group: null } },
  ]);
});
