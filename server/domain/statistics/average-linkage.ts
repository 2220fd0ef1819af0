/**
 * Groups of items whose average similarity to each other is at least `cut`: agglomerative clustering with average linkage (Sokal and Michener
 * 1958), by chains of nearest neighbours, in time and memory that grow with the square of the number of items: Murtagh (1983), Computer
 * Journal 26, 354–359. `similarities` is the full matrix, row by row, and is used up. Each group's members ascend; groups come by their first.
 */
export function averageLinkage(similarities: Float32Array, count: number, cut: number): number[][] {
  const groups = new Map(Array.from({ length: count }, (_, item): [number, number[]] => [item, [item]]));
  const open = [...groups.keys()];
  const chain: number[] = [];
  for (let top = firstOf(open, chain); top !== undefined; top = firstOf(open, chain)) {
    const before = chain.at(-2);
    const nearest = nearestTo(top, open, similarities, count, before);
    if (nearest === undefined || (similarities[top * count + nearest] ?? 0) < cut) {
      // Nothing is near enough, and what others become is no nearer.
      remove(open, top);
      chain.pop();
    } else if (nearest === before) {
      chain.length -= 2;
      join(nearest, top, { groups, open, similarities, count });
    } else chain.push(nearest);
  }
  return [...groups.values()].map((members) => members.sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
}

/** The end of the chain, which begins anew with any open group. */
function firstOf(open: readonly number[], chain: number[]): number | undefined {
  if (chain.length === 0) {
    const [first] = open;
    if (first !== undefined) chain.push(first);
  }
  return chain.at(-1);
}

/** Among the equally near the one before in the chain, or it would never end. */
function nearestTo(group: number, open: readonly number[], similarities: Float32Array, count: number, before?: number) {
  let nearest = before;
  let best = before === undefined ? Number.NEGATIVE_INFINITY : (similarities[group * count + before] ?? 0);
  for (const other of open) {
    const similarity = similarities[group * count + other] ?? 0;
    if (other !== group && similarity > best) {
      best = similarity;
      nearest = other;
    }
  }
  return nearest;
}

type Clustering = { groups: Map<number, number[]>; open: number[]; similarities: Float32Array; count: number };

/** `kept` stands for both from now on. */
function join(kept: number, gone: number, { groups, open, similarities, count }: Clustering): void {
  const [keptMembers, goneMembers] = [groups.get(kept) ?? [], groups.get(gone) ?? []];
  const share = keptMembers.length / (keptMembers.length + goneMembers.length);
  remove(open, gone);
  groups.delete(gone);
  groups.set(kept, [...keptMembers, ...goneMembers]);
  for (const other of open) {
    const [keptSimilarity, goneSimilarity] = [
      similarities[kept * count + other] ?? 0,
      similarities[gone * count + other] ?? 0,
    ];
    const similarity = share * keptSimilarity + (1 - share) * goneSimilarity;
    similarities[kept * count + other] = similarity;
    similarities[other * count + kept] = similarity;
  }
}

const remove = (open: number[], group: number): number[] => open.splice(open.indexOf(group), 1);
