import { textFeatures } from '../baseline/text-features.ts';

export type Neighbour = { index: number; similarity: number };

/** What stands in more texts than this tells none of them apart, and would cost the square of its count. */
const MOST_TEXTS = 1_000;

/**
 * The `count` most similar of the other texts, most similar first: the cosine of their features weighted by rarity (TF-IDF; Manning, Raghavan, Schütze,
 * "Introduction to Information Retrieval", 6.2 to 6.3).
 */
export function nearestCases(texts: readonly string[], count: number): Neighbour[][] {
  const features = texts.map(textFeatures);
  const holders = new Map<string, number[]>();
  features.forEach((names, index) => {
    for (const name of names) {
      const found = holders.get(name);
      if (found === undefined) holders.set(name, [index]);
      else found.push(index);
    }
  });
  const rarity = (name: string) => Math.log(texts.length / (holders.get(name)?.length ?? 1));
  const lengths = features.map((names) => Math.sqrt(names.reduce((sum, name) => sum + rarity(name) ** 2, 0)));
  const shared = new Float64Array(texts.length);
  return features.map((names, index) => {
    const met: number[] = [];
    for (const name of names) {
      const others = holders.get(name) ?? [];
      const weight = rarity(name) ** 2;
      if (others.length > MOST_TEXTS || weight === 0) continue;
      for (const other of others) {
        if (other === index) continue;
        if (shared[other] === 0) met.push(other);
        shared[other] = (shared[other] ?? 0) + weight;
      }
    }
    const found = met.map((other) => {
      const similarity = (shared[other] ?? 0) / ((lengths[index] ?? 1) * (lengths[other] ?? 1));
      shared[other] = 0;
      return { index: other, similarity };
    });
    return found.sort((a, b) => b.similarity - a.similarity || a.index - b.index).slice(0, count);
  });
}
