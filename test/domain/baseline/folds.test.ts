import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignFolds, differentCases, type FoldCase } from '../../../server/domain/baseline/folds.ts';
import { nearDuplicateGroups } from '../../../server/domain/near-duplicates.ts';

const words = ['soup', 'staff', 'bill', 'table', 'bread', 'wine', 'rice', 'queue'];
const text = fc
  .array(fc.constantFrom(...words), { minLength: 2, maxLength: 12 })
  .map((some) => `The ${some.join(' and the ')} were what we talked about`);
const labelled = fc
  .array(fc.record({ label: fc.constantFrom('good', 'bad', 'mixed'), text }), { minLength: 1, maxLength: 60 })
  .map((all): FoldCase[] => all.map((one, index) => ({ key: `c${index}`, ...one })));
const options = { folds: 10, seed: 'seed' };

describe('the folds', () => {
  it('hold each case once and near-duplicates together, in any order of the cases', () => {
    fc.assert(
      fc.property(labelled, (cases) => {
        const folds = assignFolds(cases, options);
        expect(folds).toHaveLength(cases.length);
        for (const fold of folds) expect(fold >= 0 && fold < 10 && Number.isInteger(fold)).toBe(true);
        const groups = nearDuplicateGroups(cases.map((one) => one.text));
        expect(folds).toEqual(groups.map((first) => folds[first]));
        const reversed = assignFolds(cases.toReversed(), options);
        expect(reversed.toReversed()).toEqual(folds);
      }),
    );
  });

  it('have each label evenly where cases stand alone', () => {
    const cases = Array.from({ length: 130 }, (_, index) => ({
      key: `c${index}`,
      label: index % 13 === 0 ? 'rare' : 'common',
      text: `Dish ${index * 7919}`,
    }));
    const folds = assignFolds(cases, options);
    for (let fold = 0; fold < 10; fold++) {
      const inFold = cases.filter((_, index) => folds[index] === fold);
      expect(inFold.filter(({ label }) => label === 'rare')).toHaveLength(1);
      expect(inFold).toHaveLength(13);
    }
    expect(assignFolds(cases, options)).toEqual(folds);
    expect(assignFolds(cases, { ...options, seed: 'other' })).not.toEqual(folds);
  });
});

it('counts near-duplicates of a label once', () => {
  const sentence = 'We waited for a table for the better part of an hour';
  const cases = [sentence, `${sentence}!`, 'Soup', 'Bread'].map((one, index) => ({
    key: `${index}`,
    label: 'bad',
    text: one,
  }));
  expect(differentCases(cases)).toEqual(new Map([['bad', 3]]));
});
