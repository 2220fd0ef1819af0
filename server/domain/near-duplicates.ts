/*
 * Near-duplicates by MinHash with banded locality-sensitive hashing: Broder, "On the resemblance and containment of documents" (1997);
 * Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3. Every candidate is checked by its Jaccard similarity.
 */

/** Chosen on reviews, SMS, bookings and questions: a changed word in a sentence stays above it, sentences that only share their wording stay below. */
const THRESHOLD = 0.55;
/** With fewer shingles one word is most of the meaning ("recommended", "not recommended"): only equal text counts. */
const FEWEST_SHINGLES = 12;
/** Bottom-k sketch: exact for texts with fewer shingles, a standard error of 0.02 for longer ones. */
const SKETCH_SIZE = 512;
/** A pair at the threshold meets in some band with probability 1 − (1 − 0.55⁴)⁴⁰ = 0.98, one at 0.65 with 0.9996. */
const BANDS = 40;
/** Bounds the work where many texts share a template: each is compared with its nearest neighbours in a bucket, in the order of their text. */
const NEIGHBOURS = 24;

/**
 * For each text the index of the first member of its group, its own where it stands alone. A group holds texts that are equal but for case,
 * width, spaces and punctuation, or differ by small edits, directly or through other members. Groups do not depend on the order of the texts.
 */
export function nearDuplicateGroups(texts: readonly string[]): number[] {
  const normalised = texts.map(normalise);
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

/** Letters, marks and digits only; a text without any keeps its symbols, so that 👍 and 👎 differ. */
function normalise(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase();
  return folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, '') || folded.replace(/\s+/g, '');
}

function similarityGroups(texts: readonly string[]): DisjointSets {
  const groups = new DisjointSets(texts.length);
  const sketches = texts.map(sketch);
  for (let band = 1; band <= BANDS; band++) {
    const seed = mix(band);
    const buckets = new Map<number, number[]>();
    sketches.forEach((shingles, index) => {
      if (shingles.length < FEWEST_SHINGLES) return;
      const key = bandKey(shingles, seed);
      const bucket = buckets.get(key);
      if (bucket) joinSimilar(bucket, index, sketches, groups);
      else buckets.set(key, [index]);
    });
  }
  return groups;
}

function joinSimilar(bucket: number[], index: number, sketches: readonly Uint32Array[], groups: DisjointSets): void {
  const shingles = sketches[index];
  for (let at = Math.max(0, bucket.length - NEIGHBOURS); at < bucket.length; at++) {
    const other = bucket[at] ?? index;
    const others = sketches[other];
    if (!shingles || !others || groups.find(other) === groups.find(index)) continue;
    if (areSimilar(shingles, others)) groups.join(other, index);
  }
  bucket.push(index);
}

/** The smallest hashes, ascending, of the runs of four characters, or of two where a script writes words in one or two (Chinese, Japanese, Korean). */
function sketch(text: string): Uint32Array {
  const hashes = new Set<number>();
  for (let start = 0; start < text.length - 1; start++) {
    const length = isWordCharacter(text.charCodeAt(start)) && isWordCharacter(text.charCodeAt(start + 1)) ? 2 : 4;
    if (start + length > text.length) continue;
    let hash = length;
    for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hashes.add(mix(hash));
  }
  return Uint32Array.from(hashes).sort().slice(0, SKETCH_SIZE);
}

function isWordCharacter(code: number): boolean {
  return (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
}

/** Whether the Jaccard similarity reaches the threshold, from the smallest hashes of the union (Broder 1997, section 4). Gives up as soon as it cannot. */
function areSimilar(a: Uint32Array, b: Uint32Array): boolean {
  const largestUnion = Math.min(SKETCH_SIZE, (a.length + b.length) / (1 + THRESHOLD));
  const mostDifferent = (1 - THRESHOLD) * largestUnion;
  let [i, j, shared, different] = [0, 0, 0, 0];
  while (i < a.length && j < b.length && shared + different < SKETCH_SIZE) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left <= right) i++;
    if (right <= left) j++;
    if (left === right) shared++;
    else if (++different > mostDifferent) return false;
  }
  const union = Math.min(SKETCH_SIZE, shared + different + a.length - i + b.length - j);
  return shared >= THRESHOLD * union;
}

/** Four MinHashes from one permutation, a minimum for each quarter of its range (Li, Owen, Zhang, "One permutation hashing", 2012), as one number. */
function bandKey(hashes: Uint32Array, seed: number): number {
  let [first, second, third, fourth] = [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff];
  for (let at = 0; at < hashes.length; at++) {
    const hash = Math.imul((hashes[at] ?? 0) ^ seed, seed | 1) >>> 0;
    if (hash < 0x40000000) first = Math.min(first, hash);
    else if (hash < 0x80000000) second = Math.min(second, hash);
    else if (hash < 0xc0000000) third = Math.min(third, hash);
    else fourth = Math.min(fourth, hash);
  }
  return mix(mix(mix(mix(first) ^ second) ^ third) ^ fourth);
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output's. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
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
