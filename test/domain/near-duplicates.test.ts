import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../server/domain/content-hash.ts';
import { nearDuplicateGroups } from '../../server/domain/near-duplicates.ts';

/** Twelve words that share next to nothing with those of another seed. */
const wordsOf = (seed: number): string[] => contentHash(seed).match(/.{5}/g) ?? [];
const together = (...texts: string[]) => new Set(nearDuplicateGroups(texts)).size === 1;

const partition = (all: readonly string[]) => {
  const groups = nearDuplicateGroups(all);
  return [...Map.groupBy(all, (_, index) => groups[index]).values()].map((members) => members.sort().join('|')).sort();
};

describe('nearDuplicateGroups', () => {
  it.each([
    ['Great food', 'great  food!'],
    ['ＧＲＥＡＴ ｆｏｏｄ', 'Great food'],
    ["I won't be back.", 'I won’t be back'],
    ['味道很好。', '味道很好！！'],
    ['👍', ' 👍 '],
    ['', ''],
  ])('takes %j and %j as equal', (a, b) => {
    expect(together(a, b)).toBe(true);
  });

  it.each([
    [
      'The pasta was overcooked and the waiter forgot our drinks.',
      'The pasta was overcooked, and the waitress forgot our drinks!',
    ],
    ['My steak was cold and the fries were soggy.', 'My steak was cold and the chips were soggy.'],
    [
      'Great food, friendly staff and a lovely view of the river.',
      'Great food, friendly staff and a beautiful view of the river',
    ],
    [
      'Call 09061790121 from land line. Claim 3030. Valid 12hrs only',
      'Call 09061790126 from land line. Claim 3030. Valid 12hrs only',
    ],
    ['火锅底料很香,羊肉切得薄,蘸料种类也多,朋友聚会首选。', '火锅底料很香，牛肉切得薄，蘸料种类也多，朋友聚会首选！'],
    ['外卖送到的时候已经凉了,米饭硬得像石头,客服还推卸责任。', '外卖送到时已经凉了,米饭硬得像石头,客服还在推卸责任'],
    ['排队两小时,味道却很一般,不明白为什么这么火', '排队两个小时，味道很一般，不明白为什么这么火'],
  ])('finds the small edit between %j and %j', (a, b) => {
    expect(together(a, b)).toBe(true);
  });

  it.each([
    ['good food', 'good wine'],
    ['Recommended', 'Not recommended'],
    ['This place is great', 'This place is gross'],
    ['The service was great and the food was cold', 'The service was slow but the food was great'],
    ['for 8', 'for 9'],
    ['服务态度非常好', '服务态度非常差'],
    ['菜的味道一般,服务态度很差,不会再来了', '菜的味道不错,服务态度很好,还会再来的'],
    ['👍', '👎'],
    ['', '?'],
  ])('keeps %j and %j apart', (a, b) => {
    expect(together(a, b)).toBe(false);
  });

  it('names a group by the index of its first member', () => {
    expect(nearDuplicateGroups([])).toEqual([]);
    expect(nearDuplicateGroups(['Tea', 'Coffee', 'TEA!', 'Milk', 'coffee'])).toEqual([0, 1, 0, 3, 1]);
  });

  it('joins what is similar through another text', () => {
    const sentence = 'We waited forty minutes for a table by the window and nobody said sorry';
    const edited = sentence.replace('waited', 'stayed').replace('sorry', 'hello');
    const editedAgain = edited.replace('window', 'garden').replace('forty', 'fifty');
    expect(together(sentence, editedAgain)).toBe(false);
    expect(together(sentence, edited, editedAgain)).toBe(true);
  });

  it('keeps apart and joins many texts at once, wherever the one that differs by a word stands', () => {
    const sentences = Array.from({ length: 3000 }, (_, index) => wordsOf(index).join(' '));
    const edited = sentences.map((_, index) =>
      wordsOf(index)
        .with(index % 12, 'other')
        .join(' '),
    );
    expect(nearDuplicateGroups([...sentences, ...edited])).toEqual([...sentences.keys(), ...sentences.keys()]);
  });

  it('compares long texts by a sample of them', () => {
    const pages = (subject: string) =>
      Array.from({ length: 900 }, (_, index) => `${subject}${(index * index) % 977}`).join(' ');
    const river = pages('river');
    expect(together(river, `${river.slice(0, 3000)} with a sentence put in. ${river.slice(3000)}`)).toBe(true);
    expect(together(river, pages('mountain'))).toBe(false);
  });

  it.each([100, 500, 520, 3000, 40_000])(
    'joins texts of %i characters and those that are a little longer',
    (length) => {
      const texts = Array.from({ length: 40 }, (_, seed) =>
        Array.from({ length: length / 50 + 1 }, (_, at) => contentHash([seed, at]))
          .join('')
          .slice(0, length),
      );
      const longer = texts.map((text, index) => `${text}${contentHash(index).slice(0, 30)}`);
      expect(nearDuplicateGroups([...texts, ...longer])).toEqual([...texts.keys(), ...texts.keys()]);
    },
  );

  it('finds a word that was changed, wherever it stands, and joins nothing else', () => {
    const sentences = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 8 }).map((seeds) => seeds.map(wordsOf));
    fc.assert(
      fc.property(sentences, fc.nat({ max: 11 }), (all, at) => {
        const texts = all.map((words) => words.join(' '));
        const edited = all.map((words) => words.with(at, 'other').join(', ').toUpperCase());
        expect(nearDuplicateGroups([...texts, ...edited])).toEqual([...texts.keys(), ...texts.keys()]);
      }),
    );
  });

  it('does not depend on the order of the texts', () => {
    const words = wordsOf(1);
    const word = fc.constantFrom(...words, '很好', '服务态度');
    const text = fc.array(word, { maxLength: 12 }).map((parts) => parts.join(' '));
    const texts = fc.uniqueArray(text, { maxLength: 150, size: 'max' });
    const shuffled = texts.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, moved]) => {
        expect(partition(moved)).toEqual(partition(all));
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on it either where more are half alike than can all be compared', () => {
    const ids = Array.from({ length: 300 }, (_, index) => contentHash(index).slice(0, 12));
    const texts = ids.map((id) => `Please book a table for the party of ${id} on Friday`);
    const moved = texts.toSorted((a, b) => (contentHash(a) < contentHash(b) ? -1 : 1));
    expect(partition(moved)).toEqual(partition(texts));
  });
});

const datasets = new URL('../../../shared/datasets/', import.meta.url);

describe.skipIf(!existsSync(datasets))(
  'nearDuplicateGroups on real texts (skipped where ../shared/datasets is missing)',
  () => {
    const inputs = (file: string): string[] =>
      readFileSync(new URL(file, datasets), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).input);

    it.each([
      ['sentiment_restaurant.jsonl', 994],
      ['spam_sms.jsonl', 295],
      ['qa_xquad.jsonl', 120],
      ['pref_pandalm.jsonl', 149],
    ])('finds the groups of %s', (file, count) => {
      expect(new Set(nearDuplicateGroups(inputs(file))).size).toBe(count);
    });
  },
);
