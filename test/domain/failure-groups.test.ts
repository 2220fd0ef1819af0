import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFailures, MOST_NOTES } from '../../server/domain/failure-groups.ts';

const english = {
  refund: ['promised a refund that policy does not allow', 'refunds promised without checking the order'],
  sarcasm: [
    'Sarcasm taken literally',
    'missed the sarcasm in the second sentence',
    'sarcasm: praise taken as positive',
  ],
  date: [
    'Wrong date format',
    'date is DD/MM instead of ISO',
    'dates not in ISO format',
    'the date format is wrong again',
  ],
  phone: ['invented a phone number', 'phone number is made up', 'hallucinated the phone number'],
};
const chinese = {
  日期: ['日期格式不对', '日期应该用ISO格式', '日期格式错误', '月份和日期写反了'],
  讽刺: ['没有看出讽刺', '讽刺的评论判成正面', '把讽刺当真了'],
  电话: ['编造了电话号码', '电话号码是编的'],
};
const vocabulary = ['price', 'dates', 'date', 'wrong', 'phone', 'the', '日期', '格式', '不对', '讽刺', 'json'];
const notes = fc.array(
  fc.array(fc.constantFrom(...vocabulary), { maxLength: 6 }).map((words) => words.join(' ')),
  {
    maxLength: 40,
  },
);

describe('groupFailures', () => {
  it.each([
    ['English', english, ['date', 'phone', 'sarcasm', 'promised']],
    ['Chinese', chinese, ['日期', '讽刺', '电话']],
  ])('groups notes in %s by what they speak of, largest first, and names them', (_, topics, names) => {
    const all = Object.values(topics).flat();
    const { groups, alone } = groupFailures(all);
    const bySize = Object.values(topics).sort((a, b) => b.length - a.length);
    expect(groups.map(({ members }) => members.map((place) => all[place] ?? '')).map(sorted)).toEqual(
      expect.arrayContaining(bySize.map(sorted)),
    );
    expect(groups.map(({ members }) => members.length)).toEqual(bySize.map(({ length }) => length));
    expect(alone).toEqual([]);
    for (const name of names) expect(groups.map((group) => group.name).join()).toContain(name);
  });

  it('says which notes are like no other, those without a word among them', () => {
    expect(groupFailures(['wrong date', 'date is wrong', 'too long', '', '!'])).toEqual({
      groups: [{ name: 'date · wrong', members: [0, 1] }],
      alone: [2, 3, 4],
    });
    expect(groupFailures([])).toEqual({ groups: [], alone: [] });
  });

  it('names a group by the commonest forms of its words', () => {
    const { groups } = groupFailures(['missing item', 'missing items', 'missing items', 'cold tone']);
    expect(groups.map(({ name }) => name)).toEqual(['items · missing']);
  });

  it('puts every note in one place, whatever the order', () => {
    fc.assert(
      fc.property(notes, (all) => {
        const { groups, alone } = groupFailures(all);
        const places = [...groups.flatMap(({ members }) => members), ...alone];
        expect(places.toSorted((a, b) => a - b)).toEqual([...all.keys()]);
        for (const { members, name } of groups) {
          expect(members.length).toBeGreaterThan(1);
          expect(name).not.toBe('');
        }
        const reversed = [...all].reverse();
        const texts = (list: readonly string[], found: ReturnType<typeof groupFailures>) =>
          found.groups
            .map(({ name, members }) => `${name}: ${sorted(members.map((place) => list[place] ?? ''))}`)
            .sort();
        expect(texts(reversed, groupFailures(reversed))).toEqual(texts(all, { groups, alone }));
      }),
    );
  });

  it('takes 2,000 notes without waiting, and no more', () => {
    const many = Array.from({ length: MOST_NOTES }, (_, index) =>
      Array.from({ length: 8 }, (__, at) => vocabulary[(index * (at + 3) + at) % vocabulary.length]).join(' '),
    );
    const startedAt = performance.now();
    expect(groupFailures(many).groups.length).toBeGreaterThan(0);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(() => groupFailures([...many, 'one more'])).toThrow(RangeError);
  });
});

const sorted = (texts: readonly string[]) => [...texts].sort();
