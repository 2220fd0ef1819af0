/** Numbers from 0 to 1, the same for the same seed: mulberry32 by Tommy Ettinger. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in a random order, the same for the same seed (Fisher and Yates). */
export function seededOrder<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  const ordered = [...items];
  for (let at = ordered.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [ordered[at], ordered[other]];
    if (one === undefined || two === undefined) continue;
    ordered[at] = two;
    ordered[other] = one;
  }
  return ordered;
}
