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
  cases: readonly SplitCase[],
  { holdoutShare, seed }: { holdoutShare: number; seed: string },
): Split[] {
  const groupOf = togetherness(cases);
  const groups = Map.groupBy(cases, (_, index) => groupOf[index]);
  const sides = new Map([...groups].map(([group, members]) => [group, presentSide(members)]));
  const splits = () => cases.map(({ split }, index) => split ?? sides.get(groupOf[index]) ?? 'dev');

  const stratumOf = stratify(cases, holdoutShare);
  const present = splits();
  const held = countBy(
    cases.filter((_, index) => present[index] === 'holdout'),
    stratumOf,
  );
  const room = new Map<string | null, number>();
  for (const [stratum, size] of countBy(cases, stratumOf))
    room.set(stratum, Math.round(holdoutShare * size) - (held.get(stratum) ?? 0));
  const open = [...groups].filter(([group]) => sides.get(group) === null);
  for (const [group, members] of inSeededOrder(open, seed)) {
    const added = [...countBy(members, stratumOf)];
    if (added.some(([stratum, count]) => count > 2 * (room.get(stratum) ?? 0))) continue;
    sides.set(group, 'holdout');
    for (const [stratum, count] of added) room.set(stratum, (room.get(stratum) ?? 0) - count);
  }
  return splits();
}

/** For each case the one that leads those that must stand on one side: near-duplicates and members of one group, directly or through others. */
function togetherness(cases: readonly SplitCase[]): number[] {
  const leaders = nearDuplicateGroups(cases.map(({ text }) => text));
  const leaderOf = (index: number): number => {
    let at = index;
    for (let next = leaders[at] ?? at; next !== at; next = leaders[at] ?? at) {
      // Each look shortens the way for the next one.
      leaders[at] = leaders[next] ?? next;
      at = next;
    }
    return at;
  };
  const firstOf = new Map<string, number>();
  cases.forEach(({ group }, index) => {
    if (group === undefined || group === null) return;
    const first = firstOf.get(group);
    if (first === undefined) firstOf.set(group, index);
    else leaders[leaderOf(index)] = leaderOf(first);
  });
  return cases.map((_, index) => leaderOf(index));
}

/** The side on which a group stands, null where none of it has one. */
function presentSide(members: readonly SplitCase[]): Split | null {
  const splits = new Set(members.map(({ split }) => split));
  if (splits.has('dev')) return 'dev';
  return splits.has('holdout') ? 'holdout' : null;
}

/** A label with too few cases for one in the holdout shares a stratum with the unlabelled: else a set of single answers would have no holdout. */
function stratify(cases: readonly SplitCase[], holdoutShare: number): (item: SplitCase) => string | null {
  const sizes = countBy(cases, ({ label }) => label);
  return ({ label }) => (Math.round(holdoutShare * (sizes.get(label) ?? 0)) > 0 ? label : null);
}

function inSeededOrder<Id>(groups: readonly (readonly [Id, readonly SplitCase[]])[], seed: string) {
  const ranked = groups.map(([group, members]) => {
    const name = members.reduce((least, { key }) => (key < least ? key : least), members[0]?.key ?? '');
    return { rank: contentHash([seed, name]), entry: [group, members] as const };
  });
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ entry }) => entry);
}

function countBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
