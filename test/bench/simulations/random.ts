/** Numbers from 0 to 1 that are the same at every run: mulberry32 by Tommy Ettinger. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of n pass, drawn case by case. */
export function drawPasses(random: () => number, n: number, rate: number): number {
  let passed = 0;
  for (let drawn = 0; drawn < n; drawn++) if (random() < rate) passed++;
  return passed;
}

/** Fisher and Yates, in place. */
export function shuffle<Item>(random: () => number, items: Item[]): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [items[at], items[other]];
    if (one === undefined || two === undefined) continue;
    items[at] = two;
    items[other] = one;
  }
}
