/*
 * Near-duplicates by MinHash with banded locality-sensitive hashing: Broder, "On the resemblance and containment of documents" (1997);
 * Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3. Every candidate is checked by its Jaccard similarity.
 */

/** Chosen on reviews, SMS, bookings and questions: one changed word in a sentence stays above it, two sentences on the same matter stay below. */
const THRESHOLD = 0.55;
/** With fewer shingles one word is most of the meaning ("This place is great", "This place is gross"): only equal text counts. */
const FEWEST_SHINGLES = 16;
/** Bottom-k sketch: exact for texts with fewer shingles, a standard error of 0.02 for longer ones. */
const SKETCH_SIZE = 512;
/** A pair at the threshold meets in some band with probability 1 − (1 − 0.55⁴)⁴⁰ = 0.98, one at 0.65 with 0.9996. */
const BANDS = 40;
/** Bounds the work where many texts share a template: each is compared with its nearest neighbours in a bucket, in the order of their text. */
const NEIGHBOURS = 8;

/**
 * For each text the index of the first member of its group, its own where it stands alone. A group holds texts that are equal but for case,
 * width, spaces and punctuation, or differ by small edits, directly or through other members. Groups do not depend on the order of the texts.
 */
export function nearDuplicateGroups(texts: readonly string[]): number[] {
  const normalised = texts.map(comparableText);
  const distinct = [...new Set(normalised)].sort();
  const groups = similarityGroups(distinct);
  const groupOf = new Map(distinct.map((text, index) => [text, groups.find(index)]));
  const firstOf = new Map<number | undefined, number>();
  return normalised.map((text, index) => {
    const group = groupOf.get(text);
    const first = firstOf.get(group) ?? index;
    firstOf.set(group, first);
    return first;
  });
}

/** Asked for a text, the index of the first of `texts` that is a near-duplicate of it, or null. For few texts that many are held against. */
export function nearDuplicateFinder(texts: readonly string[]): (text: string) => number | null {
  const sketched = texts.map((text) => {
    const comparable = comparableText(text);
    return { comparable, shingles: sketch(comparable) };
  });
  const longest = Math.max(0, ...sketched.map(({ comparable }) => comparable.length));
  return (text) => {
    const comparable = comparableText(text);
    // Of texts that repeat themselves the longer may still resemble the shorter; a text of twice the longest's length hardly does.
    if (comparable.length > 2 * longest) return null;
    const shingles = sketch(comparable);
    const found = sketched.findIndex(
      (other) =>
        other.comparable === comparable ||
        (shingles.length >= FEWEST_SHINGLES &&
          other.shingles.length >= FEWEST_SHINGLES &&
          areSimilar(shingles, other.shingles)),
    );
    return found < 0 ? null : found;
  };
}

/** Letters, marks and digits only; a text without any keeps its symbols, so that 👍 and 👎 differ. */
export function comparableText(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase();
  return folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, '') || folded.replace(/\s+/g, '');
}

function similarityGroups(texts: readonly string[]): DisjointSets {
  const groups = new DisjointSets(texts.length);
  const sketches = texts.map(sketch);
  for (let band = 1; band <= BANDS; band++) joinBand(sketches, bandKeys(sketches, mix(band)), groups);
  return groups;
}

/** Joins what is similar among those with the same key: each with the last ones before it, which `previous` chains. */
function joinBand(sketches: readonly Int32Array[], keys: Int32Array, groups: DisjointSets): void {
  const last = new Map<number, number>();
  const previous = new Int32Array(keys.length).fill(-1);
  sketches.forEach((shingles, index) => {
    if (shingles.length < FEWEST_SHINGLES) return;
    const key = keys[index] ?? 0;
    let other = last.get(key) ?? -1;
    last.set(key, index);
    previous[index] = other;
    for (let compared = 0; compared < NEIGHBOURS && other >= 0; compared++) {
      const others = sketches[other];
      if (others && groups.find(other) !== groups.find(index) && areSimilar(shingles, others))
        groups.join(other, index);
      other = previous[other] ?? -1;
    }
  });
}

/**
 * The smallest hashes, ascending, of the shingles: runs of four characters, of two in Chinese, Japanese and Korean. There are too few
 * different runs of three: two English texts of some pages would share more than half of theirs.
 */
function sketch(text: string): Int32Array {
  const hashes = new Int32Array(text.length);
  let count = 0;
  for (let start = 0; start < text.length - 1; start++) {
    const length = isEastAsian(text.charCodeAt(start)) && isEastAsian(text.charCodeAt(start + 1)) ? 2 : 4;
    if (start + length > text.length) continue;
    let hash = length;
    for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hashes[count++] = mix(hash);
  }
  const ascending = hashes.subarray(0, count).sort();
  return ascending.filter((hash, at) => hash !== ascending[at - 1]).slice(0, SKETCH_SIZE);
}

function isEastAsian(code: number): boolean {
  return (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
}

/** Whether the Jaccard similarity reaches the threshold, from the smallest hashes of the union (Broder 1997, section 4). Gives up as soon as it cannot. */
function areSimilar(a: Int32Array, b: Int32Array): boolean {
  const largestUnion = Math.min(SKETCH_SIZE, (a.length + b.length) / (1 + THRESHOLD));
  const mostDifferent = (1 - THRESHOLD) * largestUnion;
  let [i, j, shared, different] = [0, 0, 0, 0];
  while (i < a.length && j < b.length && shared + different < SKETCH_SIZE) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    // Added, not branched on: half of the branches would be predicted wrongly.
    i += +(left <= right);
    j += +(right <= left);
    if (left === right) shared++;
    else if (++different > mostDifferent) return false;
  }
  const union = Math.min(SKETCH_SIZE, shared + different + a.length - i + b.length - j);
  return shared >= THRESHOLD * union;
}

/**
 * For each set one number made of four MinHashes. They come from one permutation, a minimum for each quarter of its range
 * (Li, Owen, Zhang, "One permutation hashing", 2012).
 */
function bandKeys(sets: readonly Int32Array[], seed: number): Int32Array {
  const minima = new Int32Array(4);
  return Int32Array.from(sets, (hashes) => {
    minima.fill(0x7fffffff);
    for (let at = 0; at < hashes.length; at++) {
      const hash = Math.imul((hashes[at] ?? 0) ^ seed, seed | 1);
      const quarter = hash >>> 30;
      if (hash < (minima[quarter] ?? 0)) minima[quarter] = hash;
    }
    return minima.reduce((key, least) => mix(key ^ least), 0);
  });
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output's. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
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

  join(a: number, b: number): void {
    this.#parents[this.find(b)] = this.find(a);
  }
}
