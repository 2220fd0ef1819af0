import { describe, expect, it } from 'vitest';
import { nearestCases } from '../../../server/domain/audit/nearest-cases.ts';

describe('nearestCases', () => {
  it('puts the most alike first, and equal texts at a similarity of 1', () => {
    const texts = ['the soup was cold', 'the soup was cold', 'cold soup again', 'a lovely terrace'];
    const [first] = nearestCases(texts, 10);
    expect(first?.map(({ index }) => index)).toEqual([1, 2]);
    expect(first?.[0]?.similarity).toBeCloseTo(1, 10);
    expect(first?.[1]?.similarity).toBeLessThan(0.6);
  });

  it('is the cosine of vectors weighted by rarity', () => {
    // ln(3/2) for "b", ln 3 for what stands once: "a", "a b" and "c", "b c".
    const [first] = nearestCases(['a b', 'b c', 'd'], 1);
    const [shared, own] = [Math.log(3 / 2) ** 2, Math.log(3) ** 2];
    expect(first).toEqual([{ index: 1, similarity: expect.closeTo(shared / (shared + 2 * own), 10) }]);
  });

  it('gives as many as asked for, and none that share nothing', () => {
    const texts = Array.from({ length: 8 }, (_, index) => `soup number${index}`);
    expect(nearestCases([...texts, 'wine'], 3).map((found) => found.length)).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 0]);
    expect(nearestCases([], 3)).toEqual([]);
  });
});
