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
    const nearest: Neighbour[] = [];
    for (const other of met) {
      const similarity = (shared[other] ?? 0) / ((lengths[index] ?? 1) * (lengths[other] ?? 1));
      shared[other] = 0;
      insert(nearest, { index: other, similarity }, count);
    }
    return nearest;
  });
}

/** Keeps the `count` most similar, most similar first and the first of equals before the others: most of what is met is far away, so that sorting all would cost most. */
function insert(nearest: Neighbour[], found: Neighbour, count: number): void {
  const isBefore = (a: Neighbour, b: Neighbour) =>
    a.similarity === b.similarity ? a.index < b.index : a.similarity > b.similarity;
  const last = nearest.at(-1);
  if (nearest.length >= count && (last === undefined || isBefore(last, found))) return;
  let place = nearest.length;
  for (let above = nearest[place - 1]; above !== undefined && isBefore(found, above); above = nearest[place - 1])
    place--;
  nearest.splice(place, 0, found);
  if (nearest.length > count) nearest.pop();
}
