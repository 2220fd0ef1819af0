import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as domain from '../../server/domain/scope.ts';
import { withRow } from '../../web/src/components/with-row.ts';
import { dropScopeDraft, keepScopeDraft, readScopeDraft } from '../../web/src/pages/scope/kept-draft.ts';
import {
  contentOf,
  differingFields,
  draftOf,
  emptyScope,
  isFilled,
  over,
  type Scope,
  saysTheSame,
  scopeFieldNames,
  sections,
} from '../../web/src/pages/scope/scope-draft.ts';

const text = fc.string({ maxLength: 5 });
const rate = fc.option(fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10));
const scopes: fc.Arbitrary<Scope> = fc.record({
  problem: text,
  users: text,
  inputs: text,
  outputs: text,
  examples: fc.array(fc.record({ input: fc.constantFrom('a', 'b'), output: fc.constantFrom('c', ' d') }), {
    maxLength: 3,
  }),
  mustNever: text,
  privacy: text,
  dataMayLeave: fc.boolean(),
  targetPassRate: rate,
  minimumsByTag: fc.uniqueArray(
    fc.record({ tag: fc.constantFrom('x', 'y', 'z'), passRate: fc.constantFrom(0, 0.5, 1) }),
    {
      selector: ({ tag }) => tag,
    },
  ),
  maxCostUsdPer1000Calls: rate,
  maxLatencyP95Ms: rate,
});

it('has the fields that a scope has, in the order of the server', () => {
  expect(scopeFieldNames).toEqual(domain.scopeFieldNames);
  expect(emptyScope).toEqual(domain.emptyScope);
});

it('a draft says what it was made from, whatever the order of keys', () => {
  fc.assert(
    fc.property(scopes, (scope) => {
      expect(contentOf(draftOf(scope))).toEqual({ scope, problem: null });
      const turned = Object.fromEntries(Object.entries(scope).toReversed());
      expect(saysTheSame(draftOf(scope), { ...emptyScope, ...turned })).toBe(true);
    }),
  );
});

it('over another version keeps what was changed here, and takes everything else', () => {
  fc.assert(
    fc.property(scopes, scopes, scopes, (base, theirs, mine) => {
      const merged = contentOf(over(draftOf(mine), base, theirs)).scope;
      const changed = differingFields(base, mine);
      for (const field of scopeFieldNames)
        expect(merged[field]).toEqual((changed.includes(field) ? mine : theirs)[field]);
    }),
  );
});

it('leaves out rows that say nothing, and does not save what is begun or said twice', () => {
  const draft = draftOf(emptyScope);
  const blank = {
    ...draft,
    examples: withRow(draft.examples, { input: ' ', output: '' }),
    minimumsByTag: withRow(draft.minimumsByTag, { tag: ' ', passRate: null }),
  };
  expect(contentOf(blank)).toEqual({ scope: emptyScope, problem: null });
  const begun = { ...draft, minimumsByTag: withRow(draft.minimumsByTag, { tag: 'x', passRate: null }) };
  expect(contentOf(begun).problem).toBe('unfinished_minimum');
  expect(saysTheSame(begun, emptyScope)).toBe(false);
  // What is begun stays through another's version.
  expect(over(begun, emptyScope, { ...emptyScope, users: 'Owners' })).toMatchObject({
    users: 'Owners',
    minimumsByTag: [{ tag: 'x', passRate: null }],
  });
  const one = withRow(draft.minimumsByTag, { tag: 'x', passRate: 0.5 });
  const twice = { ...draft, minimumsByTag: withRow(one, { tag: ' x', passRate: 0.6 }) };
  expect(contentOf(twice).problem).toBe('tag_twice');
  expect(one.concat(twice.minimumsByTag.slice(1)).map(({ id }) => id)).toEqual([0, 1]);
});

it('asks eight questions, and calls one answered that says something', () => {
  expect(sections.filter((section) => isFilled(section, emptyScope))).toEqual([]);
  const said: Scope = {
    ...emptyScope,
    problem: ' ',
    users: 'Owners',
    examples: [{ input: 'a', output: 'b' }],
    targetPassRate: 0.5,
  };
  expect(sections.filter((section) => isFilled(section, said))).toEqual(['users', 'examples', 'success']);
});

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

it('is kept with what it was written from, until it is dropped', () => {
  fc.assert(
    fc.property(scopes, scopes, (base, mine) => {
      const draft = { base: { number: 3, scope: base }, draft: draftOf(mine), at: '2026-01-01' };
      expect(keepScopeDraft('reviews', draft)).toBe(true);
      expect(readScopeDraft('reviews')).toEqual(draft);
      expect(readScopeDraft('others')).toBeNull();
      dropScopeDraft('reviews');
      expect(readScopeDraft('reviews')).toBeNull();
    }),
  );
});

it('is none where the browser holds something else', () => {
  const draft = { base: { number: 3, scope: emptyScope }, draft: draftOf(emptyScope), at: '' };
  const wrong = [
    '{',
    'null',
    { ...draft, base: 3 },
    { ...draft, draft: { ...draft.draft, users: null } },
    { ...draft, draft: { ...draft.draft, examples: [{ id: 1, input: 'a' }] } },
    { ...draft, draft: { ...draft.draft, minimumsByTag: [{ id: 1, tag: 'x', passRate: '1' }] } },
    { ...draft, draft: { ...draft.draft, targetPassRate: '80' } },
  ];
  for (const value of wrong) {
    kept.set('whetstone.scope/reviews', typeof value === 'string' ? value : JSON.stringify(value));
    expect(readScopeDraft('reviews')).toBeNull();
  }
});
