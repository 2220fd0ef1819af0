import { fold, type Span } from './detectors.ts';
import type { CompiledRules } from './rules.ts';

/** Gives what stands in place of something, from the name of the rule and what was there. */
export type NamePlace = (name: string, found: string) => string;
type Found = Span & { name: string | null };

/** What is put in place of something can let a rule find something beside it, such as a word that now begins a text. */
const mostPasses = 16;

/**
 * The text with a placeholder for each thing that a rule finds. What several find overlapping becomes one, named by the longest. Passes over it end when no rule finds
 * anything outside of placeholders, so that doing it again changes nothing; a text that is not done after many becomes one placeholder as a whole.
 */
export function redactText(text: string, rules: CompiledRules, place: NamePlace): string {
  let redacted = text;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const clusters = clustersOf(redacted, rules);
    if (clusters.length === 0) return redacted;
    redacted = replaced(redacted, clusters, place);
  }
  const [left] = clustersOf(redacted, rules);
  return left === undefined ? redacted : place(left.name, text);
}

type Cluster = Span & { name: string };

/** What is to be replaced, in order. */
function clustersOf(text: string, { finders, placeholder }: CompiledRules): Cluster[] {
  const plain = fold(text);
  const matches: Found[] = finders.flatMap(({ name, find, folded }) =>
    find(folded ? plain : text).map((span) => ({ ...span, name })),
  );
  if (matches.length === 0) return [];
  const kept: Found[] = Array.from(text.matchAll(placeholder), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
    name: null,
  }));
  // A stable sort: of two that begin together the rule that stands first comes first.
  const ordered = [...matches, ...kept].sort((a, b) => a.start - b.start);
  const clusters: Cluster[] = [];
  for (let at = 0; at < ordered.length; ) {
    const { cluster, next } = clusterFrom(ordered, at);
    if (cluster !== null) clusters.push(cluster);
    at = next;
  }
  return clusters;
}

/** All that overlaps from the place `first` on; null where that is placeholders only, and what rules find within them. */
function clusterFrom(ordered: readonly Found[], first: number): { cluster: Cluster | null; next: number } {
  let [start, end, kept, next] = [ordered[first]?.start ?? 0, 0, 0, first];
  let longest: Cluster | null = null;
  for (let one = ordered[next]; one !== undefined && (next === first || one.start < end); one = ordered[next]) {
    const { name } = one;
    if (name === null) kept += one.end - one.start;
    else if (longest === null || one.end - one.start > longest.end - longest.start) longest = { ...one, name };
    end = Math.max(end, one.end);
    next += 1;
  }
  return { cluster: longest === null || kept === end - start ? null : { start, end, name: longest.name }, next };
}

function replaced(text: string, clusters: readonly Cluster[], place: NamePlace): string {
  let [from, result] = [0, ''];
  for (const { start, end, name } of clusters) {
    result += text.slice(from, start) + place(name, text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
}
