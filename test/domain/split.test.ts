import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../server/domain/content-hash.ts';
import { nearDuplicateGroups } from '../../server/domain/near-duplicates.ts';
import { assignSplits, type Split, type SplitCase } from '../../server/domain/split.ts';

const options = { holdoutShare: 0.2, seed: 'reviews' };

/** Texts of one family are near-duplicates, those of two share next to nothing. */
const textOf = (family: number, variant: number) => contentHash(family).replace(/^.{20}/, `$&, ${variant}! `);

const casesOf = (families: readonly number[], labelOf: (family: number, index: number) => string | null): SplitCase[] =>
  families.map((family, index) => ({
    key: `case-${index}`,
    label: labelOf(family, index),
    text: textOf(family, index),
    split: null,
  }));

const singles = (count: number, labels: readonly (string | null)[]) =>
  casesOf([...Array(count).keys()], (family) => labels[family % labels.length] ?? null);

const families = fc.array(fc.nat({ max: 40 }), { maxLength: 60, size: 'max' });
/** Each family has one label. */
const cases = families.map((all) => casesOf(all, (family) => ['positive', 'negative', null][family % 3] ?? null));
/** The labels of a family differ, as in sets of contrasts. */
const mixedCases = families.map((all) => casesOf(all, (_, index) => ['a', 'b', 'c'][(index * 7) % 3] ?? null));
const sides = fc.array(fc.constantFrom<Split | null>('dev', 'holdout', null, null), { minLength: 60, maxLength: 60 });
const partlyAssigned = fc
  .tuple(fc.oneof(cases, mixedCases), sides)
  .map(([all, given]) => all.map((item, index): SplitCase => ({ ...item, split: given[index] ?? null })));
const shares = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
const settings = fc.record({ holdoutShare: shares, seed: fc.string() });

const assigned = (all: readonly SplitCase[], splits: readonly Split[]): SplitCase[] =>
  all.map((item, index) => ({ ...item, split: splits[index] ?? null }));
const holdoutCount = (splits: readonly Split[]) => splits.filter((split) => split === 'holdout').length;
const holdoutOf = (all: readonly SplitCase[], splits: readonly Split[], label: string | null) =>
  all.filter((item, index) => item.label === label && splits[index] === 'holdout').length;
const sizeOf = (all: readonly SplitCase[], label: string | null) => all.filter((item) => item.label === label).length;

describe('assignSplits', () => {
  it('gives each label its share', () => {
    const all = singles(100, ['positive', 'positive', 'positive', 'negative']);
    const splits = assignSplits(all, options);
    expect(holdoutOf(all, splits, 'positive')).toBe(15);
    expect(holdoutOf(all, splits, 'negative')).toBe(5);
  });

  it('puts all on dev at a share of 0 and all on holdout at 1', () => {
    const all = singles(20, ['a', 'b']);
    expect(holdoutCount(assignSplits(all, { ...options, holdoutShare: 0 }))).toBe(0);
    expect(holdoutCount(assignSplits(all, { ...options, holdoutShare: 1 }))).toBe(20);
    expect(assignSplits([], options)).toEqual([]);
  });

  it('gives a set whose labels all differ its share as one stratum', () => {
    const all = casesOf([...Array(50).keys()], (family) => `answer ${family}`);
    expect(holdoutCount(assignSplits(all, options))).toBe(10);
  });

  it('fills only what is missing when a set grows', () => {
    const first = singles(50, ['a']);
    const grown = [...assigned(first, assignSplits(first, options)), ...singles(100, ['a']).slice(50)];
    expect(holdoutCount(assignSplits(grown, options))).toBe(20);
    const dev = grown.map((item, index): SplitCase => ({ ...item, split: index < 90 ? 'dev' : null }));
    expect(holdoutCount(assignSplits(dev, options))).toBe(10);
  });

  it.each<[Split[], Split]>([
    [['dev'], 'dev'],
    [['holdout'], 'holdout'],
    [['holdout', 'holdout'], 'holdout'],
    [['holdout', 'dev'], 'dev'],
  ])('puts a new near-duplicate of cases on %j on %s, whatever the share', (present, side) => {
    const family = casesOf(Array(present.length + 1).fill(1), () => 'a');
    for (const holdoutShare of [0, 0.5, 1]) {
      expect(assignSplits(assigned(family, present), { ...options, holdoutShare })).toEqual([...present, side]);
    }
  });

  it('leaves out a group that overshoots by more than half of its size', () => {
    const sizes = (family: number, rest: number) =>
      casesOf([...Array(family).fill(0), ...Array.from({ length: rest }, (_, index) => index + 1)], () => 'a');
    const five = sizes(5, 4).map((item, index): SplitCase => (index < 5 ? item : { ...item, split: 'dev' }));
    expect(holdoutCount(assignSplits(five, { ...options, holdoutShare: 2 / 9 }))).toBe(0);
    expect(holdoutCount(assignSplits(five, { ...options, holdoutShare: 3 / 9 }))).toBe(5);
  });

  it('splits otherwise with another seed', () => {
    const all = singles(60, ['a', 'b']);
    expect(assignSplits(all, options)).toEqual(assignSplits(all, options));
    expect(assignSplits(all, { ...options, seed: 'other' })).not.toEqual(assignSplits(all, options));
  });

  it('never moves a case when the set grows', () => {
    fc.assert(
      fc.property(cases, fc.nat({ max: 60 }), settings, settings, (all, size, before, after) => {
        const first = assignSplits(all.slice(0, size), before);
        const grown = [...assigned(all.slice(0, size), first), ...all.slice(size)];
        expect(assignSplits(grown, after).slice(0, size)).toEqual(first);
      }),
    );
  });

  it('never moves a case that has a side, whatever its near-duplicates have', () => {
    fc.assert(
      fc.property(partlyAssigned, settings, (all, chosen) => {
        const splits = assignSplits(all, chosen);
        expect(all.map(({ split }, index) => split ?? splits[index])).toEqual(splits);
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    const shuffled = partlyAssigned.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const byKey = (all: readonly SplitCase[], splits: readonly Split[]) =>
      new Map(all.map(({ key }, index) => [key, splits[index]]));
    fc.assert(
      fc.property(shuffled, settings, ([all, moved], chosen) => {
        expect(byKey(moved, assignSplits(moved, chosen))).toEqual(byKey(all, assignSplits(all, chosen)));
      }),
    );
  });

  it('keeps near-duplicates on one side, also when some come later', () => {
    fc.assert(
      fc.property(fc.oneof(cases, mixedCases), fc.nat({ max: 60 }), settings, (all, size, chosen) => {
        const first = assigned(all.slice(0, size), assignSplits(all.slice(0, size), chosen));
        const splits = assignSplits([...first, ...all.slice(size)], chosen);
        const groups = nearDuplicateGroups(all.map(({ text }) => text));
        expect(groups.map((leader) => splits[leader])).toEqual(splits);
      }),
    );
  });

  it('comes within the size of a group of the share of each label', () => {
    fc.assert(
      fc.property(cases, settings, (all, chosen) => {
        const splits = assignSplits(all, chosen);
        const groups = nearDuplicateGroups(all.map(({ text }) => text));
        for (const [label, members] of Map.groupBy(all.keys(), (index) => all[index]?.label ?? null)) {
          const target = Math.round(chosen.holdoutShare * sizeOf(all, label));
          if (target === 0 || label === null) continue;
          const largest = Math.max(
            ...Map.groupBy(members, (index) => groups[index])
              .values()
              .map(({ length }) => length),
          );
          expect(Math.abs(holdoutOf(all, splits, label) - target)).toBeLessThanOrEqual(largest / 2);
        }
      }),
    );
  });

  it('never overshoots a label by more than half of a group, where groups have several labels', () => {
    fc.assert(
      fc.property(mixedCases, settings, (all, chosen) => {
        const splits = assignSplits(all, chosen);
        const groups = nearDuplicateGroups(all.map(({ text }) => text));
        for (const label of ['a', 'b', 'c']) {
          const target = Math.round(chosen.holdoutShare * sizeOf(all, label));
          if (target === 0) continue;
          const ofLabel = all.keys().filter((index) => all[index]?.label === label);
          const largest = Math.max(
            ...Map.groupBy(ofLabel, (index) => groups[index])
              .values()
              .map(({ length }) => length),
          );
          expect(holdoutOf(all, splits, label) - target).toBeLessThanOrEqual(largest / 2);
        }
      }),
    );
  });

  it('keeps the cases of a group on one side, also when some come later, whatever they resemble', () => {
    const grouped = fc
      .tuple(
        fc.oneof(cases, mixedCases),
        fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 60, maxLength: 60 }),
      )
      .map(([all, given]) => all.map((item, index): SplitCase => ({ ...item, group: given[index] ?? null })));
    fc.assert(
      fc.property(grouped, fc.nat({ max: 60 }), settings, (all, size, chosen) => {
        const first = assigned(all.slice(0, size), assignSplits(all.slice(0, size), chosen));
        const splits = assignSplits([...first, ...all.slice(size)], chosen);
        for (const group of ['a', 'b', 'c']) {
          // Where its near-duplicates stand on both sides, what comes later joins dev.
          const sides = (from: number, to: number) =>
            new Set(splits.slice(from, to).filter((_, index) => all[from + index]?.group === group));
          expect(sides(0, size).size).toBeLessThanOrEqual(1);
          const [before] = sides(0, size);
          const later = sides(size, all.length);
          expect(later.size).toBeLessThanOrEqual(1);
          if (before === 'dev') expect(later.has('holdout')).toBe(false);
        }
      }),
    );
  });

  it('draws the side of a whole group at once, and by its cases alone', () => {
    const all = singles(40, ['a']).map((item, index): SplitCase => ({ ...item, group: `g${index % 8}` }));
    const splits = assignSplits(all, options);
    expect(holdoutCount(splits)).toBe(10);
    expect(splits.map((_, index) => splits[index % 8])).toEqual(splits);
  });
});
