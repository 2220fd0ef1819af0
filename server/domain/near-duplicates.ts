import { areSimilar, BANDS_OF_PERMUTATION, PERMUTATIONS, sketch, TextSketches } from './text-sketches.ts';

/** With fewer shingles one word is most of the meaning ("This place is great", "This place is gross"): only equal text counts. */
const FEWEST_SHINGLES = 16;
/** Bounds the work where many texts share a template: each is compared with its nearest neighbours in a bucket, in the order of their text. */
const NEIGHBOURS = 8;

/**
 * For each text the index of the first member of its group, its own where it stands alone. A group holds texts that are equal but for case,
 * width, spaces and punctuation, or differ by small edits, directly or through other members. Groups do not depend on the order of the texts.
 */
export function nearDuplicateGroups(texts: Iterable<string>): number[] {
  const { distinct, placeOf } = inOrder(Array.from(texts, comparableText));
  const groups = similarityGroups(distinct);
  const firstOf = new Int32Array(distinct.length).fill(-1);
  return Array.from(placeOf, (place, index) => {
    const group = groups.find(place);
    if (firstOf[group] === -1) firstOf[group] = index;
    return firstOf[group] ?? index;
  });
}

/** Each text once, in ascending order, and the place of each among these. */
function inOrder(texts: readonly string[]): { distinct: string[]; placeOf: Uint32Array } {
  const distinct = [...new Set(texts)].sort();
  const places = new Map(distinct.map((text, place) => [text, place]));
  return { distinct, placeOf: Uint32Array.from(texts, (text) => places.get(text) ?? 0) };
}

/** Asked for a text, the index of the first of `texts` that is a near-duplicate of it, or null. For few texts that many are held against. */
export function nearDuplicateFinder(texts: readonly string[]): (text: string) => number | null {
  const sketched = texts.map((text) => {
    const comparable = comparableText(text);
    return { comparable, shingles: whole(sketch(comparable).slice()) };
  });
  const longest = Math.max(0, ...sketched.map(({ comparable }) => comparable.length));
  return (text) => {
    const comparable = comparableText(text);
    // Of texts that repeat themselves the longer may still resemble the shorter; a text of twice the longest's length hardly does.
    if (comparable.length > 2 * longest) return null;
    const shingles = whole(sketch(comparable));
    const found = sketched.findIndex(
      (other) =>
        other.comparable === comparable ||
        (shingles.end >= FEWEST_SHINGLES &&
          other.shingles.end >= FEWEST_SHINGLES &&
          areSimilar(shingles, other.shingles)),
    );
    return found < 0 ? null : found;
  };
}

const whole = (hashes: Int32Array) => ({ hashes, start: 0, end: hashes.length });

/** Letters, marks and digits only; a text without any keeps its symbols, so that 👍 and 👎 differ. */
export function comparableText(text: string): string {
  const plain = comparableAscii(text);
  if (plain !== null) return plain;
  const folded = text.normalize('NFKC').toLowerCase();
  // Split and joined, which makes one flat text: a replaced one is flattened by whoever hashes or compares it, and takes three times the memory.
  return folded.split(/[^\p{L}\p{M}\p{N}]+/u).join('') || folded.replace(/\s+/g, '');
}

/** For each code of ASCII the letter or digit that it is without its case, else 0. */
const letters = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9]/i.test(String.fromCharCode(code)) ? String.fromCharCode(code).toLowerCase().charCodeAt(0) : 0,
);
let room = Buffer.alloc(1000);

/** The same for a text of ASCII, in a fifth of the time; null for others and where there is no letter. */
function comparableAscii(text: string): string | null {
  if (room.length < text.length) room = Buffer.alloc(2 * text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= letters.length) return null;
    const letter = letters[code] ?? 0;
    if (letter !== 0) room[count++] = letter;
  }
  return count === 0 ? null : room.toString('latin1', 0, count);
}

/** Every candidate is checked by its Jaccard similarity. */
function similarityGroups(texts: readonly string[]): DisjointSets {
  const groups = new DisjointSets(texts.length);
  const sketches = new TextSketches(texts);
  const buckets = new Buckets(texts.length);
  const bands = Array.from({ length: BANDS_OF_PERMUTATION }, () => new Int32Array(texts.length));
  for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
    sketches.writeBandKeys(permutation, bands);
    for (const keys of bands) {
      buckets.clear();
      joinBand(sketches, keys, buckets, groups);
    }
  }
  sketches.release();
  return groups;
}

/** Joins what is similar among those with the same key: each with the last ones before it. */
function joinBand(sketches: TextSketches, keys: Int32Array, buckets: Buckets, groups: DisjointSets): void {
  for (let index = 0; index < keys.length; index++) {
    if (sketches.size(index) < FEWEST_SHINGLES) continue;
    let group = groups.find(index);
    let other = buckets.add(index, keys);
    for (let compared = 0; compared < NEIGHBOURS && other >= 0; compared++) {
      if (groups.find(other) !== group && sketches.areSimilar(index, other)) group = groups.join(other, index);
      other = buckets.before(other);
    }
  }
}

/** Members of a band by their key: an open-addressed table of the last one of each, which leads to those before it. */
class Buckets {
  readonly #last: Int32Array;
  readonly #previous: Int32Array;

  constructor(size: number) {
    this.#last = new Int32Array(2 ** Math.ceil(Math.log2(2 * size + 2)));
    this.#previous = new Int32Array(size);
  }

  clear(): void {
    this.#last.fill(-1);
  }

  /** Adds a member; the one before it with the same key, or −1. */
  add(index: number, keys: Int32Array): number {
    const key = keys[index] ?? 0;
    let slot = key & (this.#last.length - 1);
    let last = this.#last[slot] ?? -1;
    while (last >= 0 && keys[last] !== key) {
      slot = (slot + 1) & (this.#last.length - 1);
      last = this.#last[slot] ?? -1;
    }
    this.#last[slot] = index;
    this.#previous[index] = last;
    return last;
  }

  before(index: number): number {
    return this.#previous[index] ?? -1;
  }
}

class DisjointSets {
  readonly #parents: Uint32Array;

  constructor(size: number) {
    this.#parents = Uint32Array.from({ length: size }, (_, index) => index);
  }

  find(member: number): number {
    let at = member;
    let parent = this.#parents[at] ?? at;
    while (parent !== at) {
      const grandparent = this.#parents[parent] ?? parent;
      this.#parents[at] = grandparent;
      at = grandparent;
      parent = this.#parents[at] ?? at;
    }
    return at;
  }

  /** What leads both from now on. */
  join(a: number, b: number): number {
    const leader = this.find(a);
    this.#parents[this.find(b)] = leader;
    return leader;
  }
}
