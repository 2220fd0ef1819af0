import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averageLinkage } from '../../../server/domain/statistics/average-linkage.ts';

/** Points on a line, similar by how near they are. */
const matrixOf = (points: readonly number[]) =>
  Float32Array.from(points.flatMap((one) => points.map((other) => 1 / (1 + Math.abs(one - other)))));

describe('averageLinkage', () => {
  test('joins what is near on average and leaves the rest', () => {
    // scipy: fcluster(linkage(…, 'average'), .5, 'distance') with distances 1 − 1/(1 + |a − b|).
    const points = [0, 0.2, 10, 10.5, 0.4, 30];
    expect(averageLinkage(matrixOf(points), points.length, 0.5)).toEqual([[0, 1, 4], [2, 3], [5]]);
  });

  test('of nothing there are no groups, of one there is one', () => {
    expect(averageLinkage(new Float32Array(0), 0, 0.5)).toEqual([]);
    expect(averageLinkage(Float32Array.of(1), 1, 0.5)).toEqual([[0]]);
  });

  test('ends where all are equally similar, in one group or in none', () => {
    const even = () => new Float32Array(25).fill(0.4);
    expect(averageLinkage(even(), 5, 0.4 - 1e-6)).toEqual([[0, 1, 2, 3, 4]]);
    expect(averageLinkage(even(), 5, 0.5)).toHaveLength(5);
  });

  test('gives what joining the most similar pair again and again gives', () => {
    const points = fc.uniqueArray(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 14 });
    fc.assert(
      fc.property(points, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (line, cut) => {
        const found = averageLinkage(matrixOf(line), line.length, cut);
        const expected = joinedPairByPair(matrixOf(line), line.length, cut);
        // Where two pairs are equally similar but for rounding, either order is right.
        if (expected !== null) expect(found).toEqual(expected);
      }),
    );
  });
});

/** The definition, in cubic time; null where ties or the cut itself make more than one answer right. */
function joinedPairByPair(similarities: Float32Array, count: number, cut: number): number[][] | null {
  const groups = Array.from({ length: count }, (_, item) => [item]);
  const average = (one: readonly number[], other: readonly number[]) =>
    one.flatMap((a) => other.map((b) => similarities[a * count + b] ?? 0)).reduce((sum, value) => sum + value, 0) /
    (one.length * other.length);
  for (;;) {
    const pairs = groups
      .flatMap((one, at) => groups.slice(at + 1).map((other) => ({ one, other, similarity: average(one, other) })))
      .sort((a, b) => b.similarity - a.similarity);
    const [best, second] = pairs;
    if (best !== undefined && Math.abs(best.similarity - cut) < 1e-5) return null;
    if (best === undefined || best.similarity < cut) break;
    if (second !== undefined && best.similarity - second.similarity < 1e-5) return null;
    best.one.push(...best.other);
    groups.splice(groups.indexOf(best.other), 1);
  }
  return groups.map((members) => members.sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
}
