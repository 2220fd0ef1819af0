import { type NoteTerm, noteTerms } from './note-terms.ts';
import { averageLinkage } from './statistics/average-linkage.ts';

/** Notes on failures that speak of the same, as a proposal for a person: `members` are places in the list of notes. */
export type FailureGroup = { name: string; members: number[] };

/** The work grows with the square of the notes: so many take half a second. */
export const MOST_NOTES = 2_000;
/** Average cosine within a group. Chosen on notes in English and Chinese on what prompts get wrong. */
const CUT = 0.2;
const TERMS_OF_A_NAME = 3;

/**
 * Groups short notes by their words, largest group first, each named by what sets it apart: TF-IDF weights, cosine, average linkage. Notes
 * that are like no other are `alone`. The same notes give the same groups in any order. Throws a RangeError beyond `MOST_NOTES`.
 */
export function groupFailures(notes: readonly string[]): { groups: FailureGroup[]; alone: number[] } {
  if (notes.length > MOST_NOTES)
    throw new RangeError(`at most ${MOST_NOTES} notes can be grouped, not ${notes.length}`);
  const order = [...notes.keys()].sort((a, b) => compare(notes[a] ?? '', notes[b] ?? ''));
  const terms = order.map((place) => noteTerms(notes[place] ?? ''));
  const vectors = weigh(terms);
  const groups: FailureGroup[] = [];
  const alone: number[] = [];
  for (const group of averageLinkage(cosines(vectors), vectors.length, CUT)) {
    const members = group.map((at) => order[at] ?? 0).sort((a, b) => a - b);
    if (members.length === 1) alone.push(...members);
    else groups.push({ name: nameOf(group, terms, vectors), members });
  }
  return {
    groups: groups.sort((a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0)),
    alone: alone.sort((a, b) => a - b),
  };
}

type Vector = ReadonlyMap<string, number>;

/** Each note's stems with their TF-IDF weights, of length 1. A stem that one note alone has is left out: in so short texts it would hide what is shared. */
function weigh(terms: readonly (readonly NoteTerm[])[]): Vector[] {
  const notesWith = new Map<string, number>();
  for (const note of terms) for (const stem of new Set(note.map(({ stem }) => stem))) add(notesWith, stem, 1);
  return terms.map((note) => {
    const vector = new Map<string, number>();
    for (const { stem } of note) {
      const holders = notesWith.get(stem) ?? 0;
      if (holders > 1) add(vector, stem, Math.log((terms.length + 1) / holders));
    }
    const length = Math.hypot(...vector.values());
    for (const [stem, weight] of vector) vector.set(stem, weight / length);
    return vector;
  });
}

/** The matrix of all notes by all notes, summed stem by stem, because most pairs share none. */
function cosines(vectors: readonly Vector[]): Float32Array {
  const count = vectors.length;
  const matrix = new Float32Array(count * count);
  const holders = new Map<string, { note: number; weight: number }[]>();
  vectors.forEach((vector, note) => {
    for (const [stem, weight] of vector) {
      const others = holders.get(stem) ?? [];
      for (const other of others) {
        const cosine = (matrix[note * count + other.note] ?? 0) + weight * other.weight;
        matrix[note * count + other.note] = cosine;
        matrix[other.note * count + note] = cosine;
      }
      others.push({ note, weight });
      holders.set(stem, others);
    }
  });
  return matrix;
}

/** The stems of most weight in the group, each in its commonest form. */
function nameOf(group: readonly number[], terms: readonly (readonly NoteTerm[])[], vectors: readonly Vector[]): string {
  const weights = new Map<string, number>();
  for (const note of group) for (const [stem, weight] of vectors[note] ?? []) add(weights, stem, weight);
  const forms = Map.groupBy(
    group.flatMap((note) => terms[note] ?? []),
    ({ stem }) => stem,
  );
  return heaviest(weights)
    .slice(0, TERMS_OF_A_NAME)
    .map((stem) => {
      const words = new Map<string, number>();
      for (const { word } of forms.get(stem) ?? []) add(words, word, 1);
      return heaviest(words)[0] ?? stem;
    })
    .join(' · ');
}

const heaviest = (weights: ReadonlyMap<string, number>): string[] =>
  [...weights].sort(([a, one], [b, other]) => other - one || compare(a, b)).map(([key]) => key);

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
