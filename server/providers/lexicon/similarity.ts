/** Weights of a text's terms, and their length as a vector. */
type Vector = { weights: ReadonlyMap<string, number>; length: number };

/**
 * For each of the texts how near it is to the first argument, 0 … 1: cosine of TF-IDF over words, runs of four letters and, in
 * scripts written without spaces, pairs of characters. Rare terms count by how few of the texts have them.
 */
export function similarities(text: string, texts: readonly string[]): number[] {
  const counted = [text, ...texts].map(termCounts);
  const frequency = new Map<string, number>();
  for (const counts of counted) for (const term of counts.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const [own, ...others] = counted.map((counts) => vectorOf(counts, frequency, counted.length));
  return others.map((other) => (own === undefined ? 0 : cosine(own, other)));
}

function termCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [run] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const size = /\p{Script=Han}/u.test(run) ? 2 : 4;
    add(run);
    for (let at = 0; at + size < run.length + 1; at++) add(run.slice(at, at + size));
  }
  return counts;
}

function vectorOf(counts: ReadonlyMap<string, number>, frequency: ReadonlyMap<string, number>, total: number): Vector {
  const weights = new Map<string, number>();
  let squares = 0;
  for (const [term, count] of counts) {
    const weight = (1 + Math.log(count)) * Math.log(1 + total / (frequency.get(term) ?? 1));
    weights.set(term, weight);
    squares += weight * weight;
  }
  return { weights, length: Math.sqrt(squares) };
}

function cosine(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return 0;
  let product = 0;
  for (const [term, weight] of a.weights) product += weight * (b.weights.get(term) ?? 0);
  return product / (a.length * b.length);
}
