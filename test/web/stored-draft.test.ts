import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draftOf, emptyContent } from '../../web/src/pages/prompts/draft.ts';
import { draftsOf, dropDraft, keepDraft, readDraft } from '../../web/src/pages/prompts/stored-draft.ts';

const place = { project: 'reviews', prompt: 'classify' };
const stored = (base: number | null, at: string) => ({
  base,
  newest: base ?? 0,
  draft: draftOf(emptyContent),
  note: 'n',
  at,
});

/** As a browser's: what is kept is also found by `Object.keys`. */
class Storage {
  getItem = (key: string) => (Object.hasOwn(this, key) ? Reflect.get(this, key) : null);
  setItem = (key: string, text: string) => Reflect.set(this, key, text);
  removeItem = (key: string) => Reflect.deleteProperty(this, key);
}

beforeEach(() => vi.stubGlobal('localStorage', new Storage()));
afterEach(() => vi.unstubAllGlobals());

it('keeps one draft for each version that it began with', () => {
  expect(keepDraft(place, stored(3, '2026-01-01'))).toBe(true);
  keepDraft(place, stored(null, '2026-01-02'));
  keepDraft({ ...place, prompt: 'other' }, stored(3, '2026-01-03'));
  expect(readDraft(place, 3)).toEqual(stored(3, '2026-01-01'));
  expect(readDraft(place, 4)).toBeNull();
  expect(draftsOf(place).map(({ base }) => base)).toEqual([null, 3]);
  dropDraft(place, 3);
  expect(draftsOf(place).map(({ base }) => base)).toEqual([null]);
});

it.each(['{', '3', '{"base":3}', JSON.stringify({ ...stored(3, ''), draft: { messages: {} } })])(
  'reads %j as none',
  (text) => {
    localStorage.setItem('whetstone.draft/reviews/classify/3', text);
    expect(readDraft(place, 3)).toBeNull();
    expect(draftsOf(place)).toEqual([]);
  },
);

it('says where there is no room', () => {
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  expect(keepDraft(place, stored(1, ''))).toBe(false);
});
