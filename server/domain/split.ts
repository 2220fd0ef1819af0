import { contentHash } from './content-hash.ts';
import { nearDuplicateGroups } from './near-duplicates.ts';

/** `dev` is what a prompt is worked on with; `holdout` is put aside to judge it. */
export type Split = 'dev' | 'holdout';

/** What decides the side of a case; `split` is the side that it has already. Cases of one `group` belong together. */
export type SplitCase = { key: string; label: string | null; text: string; split: Split | null; group?: string | null };

/**
 * The side of each case. A case that has one keeps it, and new near-duplicates of it stand with it (on `dev` where those they resemble stand on
 * both), also at a share of 0; so do new members of its group. The others fill each label up to its share, near-duplicates together, in an order given by seed and key: neither
 * the order of the rows nor the growth of a set moves a case. A group that would overshoot the share of a label by more than half is left out.
 */
export function assignSplits(
  given: Iterable<SplitCase>,
  { holdoutShare, seed }: { holdoutShare: number; seed: string },
): Split[] {
  const { cases, leaderOf } = together(given);
  const sides = presentSides(cases, leaderOf);
  const splits = () => cases.map(({ split }, index) => split ?? sides[leaderOf[index] ?? index] ?? 'dev');

  const stratumOf = stratify(cases, holdoutShare);
  const present = splits();
  const held = countBy(
    cases.filter((_, index) => present[index] === 'holdout'),
    stratumOf,
  );
  const room = new Map<string | null, number>();
  for (const [stratum, size] of countBy(cases, stratumOf))
    room.set(stratum, Math.round(holdoutShare * size) - (held.get(stratum) ?? 0));
  const membersOf = gather(leaderOf);
  const open = leaders(leaderOf).filter((leader) => sides[leader] === undefined);
  for (const leader of inSeededOrder(open, cases, { leaderOf, seed })) {
    const members = Array.from(membersOf(leader), (index) => cases[index] ?? []).flat();
    const added = [...countBy(members, stratumOf)];
    if (added.some(([stratum, count]) => count > 2 * (room.get(stratum) ?? 0))) continue;
    sides[leader] = 'holdout';
    for (const [stratum, count] of added) room.set(stratum, (room.get(stratum) ?? 0) - count);
  }
  return splits();
}

/** A case without its text, which is only compared. */
type PlacedCase = Omit<SplitCase, 'text'>;

/** For each case the one that leads those that must stand on one side: near-duplicates and members of one group, directly or through others. */
function together(given: Iterable<SplitCase>): { cases: PlacedCase[]; leaderOf: number[] } {
  const cases: PlacedCase[] = [];
  function* texts() {
    for (const { text, ...item } of given) {
      cases.push(item);
      yield text;
    }
  }
  const nearest = nearDuplicateGroups(texts());
  const leaderOf = (index: number): number => {
    let at = index;
    for (let next = nearest[at] ?? at; next !== at; next = nearest[at] ?? at) {
      // Each look shortens the way for the next one.
      nearest[at] = nearest[next] ?? next;
      at = next;
    }
    return at;
  };
  const firstOf = new Map<string, number>();
  cases.forEach(({ group }, index) => {
    if (group === undefined || group === null) return;
    const first = firstOf.get(group);
    if (first === undefined) firstOf.set(group, index);
    else nearest[leaderOf(index)] = leaderOf(first);
  });
  return { cases, leaderOf: nearest.map((_, index) => leaderOf(index)) };
}

const leaders = (leaderOf: readonly number[]): number[] => leaderOf.filter((leader, index) => leader === index);

/** The members of each group by its leader, in one list: there can be as many groups as cases. */
function gather(leaderOf: readonly number[]): (leader: number) => Uint32Array {
  const ends = new Uint32Array(leaderOf.length + 1);
  for (const leader of leaderOf) ends[leader + 1] = (ends[leader + 1] ?? 0) + 1;
  for (let leader = 1; leader < ends.length; leader++) ends[leader] = (ends[leader] ?? 0) + (ends[leader - 1] ?? 0);
  const starts = ends.slice();
  const members = new Uint32Array(leaderOf.length);
  leaderOf.forEach((leader, index) => {
    const at = ends[leader] ?? 0;
    members[at] = index;
    ends[leader] = at + 1;
  });
  return (leader) => members.subarray(starts[leader], ends[leader]);
}

/** By leader the side on which a group stands; nothing where none of it has one. */
function presentSides(cases: readonly PlacedCase[], leaderOf: readonly number[]): (Split | undefined)[] {
  const sides: (Split | undefined)[] = cases.map(() => undefined);
  cases.forEach(({ split }, index) => {
    const leader = leaderOf[index] ?? index;
    if (split !== null && sides[leader] !== 'dev') sides[leader] = split;
  });
  return sides;
}

/** A label with too few cases for one in the holdout shares a stratum with the unlabelled: else a set of single answers would have no holdout. */
function stratify(cases: readonly PlacedCase[], holdoutShare: number): (item: PlacedCase) => string | null {
  const sizes = countBy(cases, ({ label }) => label);
  return ({ label }) => (Math.round(holdoutShare * (sizes.get(label) ?? 0)) > 0 ? label : null);
}

/** Groups by the hash of their least key. */
function inSeededOrder(
  groups: readonly number[],
  cases: readonly PlacedCase[],
  { leaderOf, seed }: { leaderOf: readonly number[]; seed: string },
): number[] {
  const names: string[] = cases.map(({ key }) => key);
  cases.forEach(({ key }, index) => {
    const leader = leaderOf[index] ?? index;
    if (key < (names[leader] ?? key)) names[leader] = key;
  });
  // As many digits of the hash as a number holds: for a hundred thousand groups, all of them would take as much memory as the texts.
  const ranks = new Float64Array(cases.length);
  for (const leader of groups)
    ranks[leader] = Number.parseInt(contentHash([seed, names[leader] ?? '']).slice(0, 13), 16);
  return groups.toSorted((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
}

function countBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
