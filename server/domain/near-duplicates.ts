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
          areSimilar(shingles, 0, shingles.length, {
            hashes: other.shingles,
            start: 0,
            end: other.shingles.length,
          })),
    );
    return found < 0 ? null : found;
  };
}

/** Letters, marks and digits only; a text without any keeps its symbols, so that 👍 and 👎 differ. */
export function comparableText(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase();
  // Split and joined, which makes one flat text: a replaced one is flattened by whoever hashes or compares it, and takes three times the memory.
  return folded.split(/[^\p{L}\p{M}\p{N}]+/u).join('') || folded.replace(/\s+/g, '');
}

function similarityGroups(texts: readonly string[]): DisjointSets {
  const groups = new DisjointSets(texts.length);
  const sketches = new Sketches(texts);
  const buckets = new Buckets(texts.length);
  for (let band = 1; band <= BANDS; band++) {
    buckets.clear();
    joinBand(sketches, sketches.bandKeys(mix(band)), buckets, groups);
  }
  return groups;
}

/** Joins what is similar among those with the same key: each with the last ones before it. */
function joinBand(sketches: Sketches, keys: Int32Array, buckets: Buckets, groups: DisjointSets): void {
  for (let index = 0; index < keys.length; index++) {
    if (sketches.size(index) < FEWEST_SHINGLES) continue;
    let other = buckets.add(index, keys);
    for (let compared = 0; compared < NEIGHBOURS && other >= 0; compared++) {
      if (groups.find(other) !== groups.find(index) && sketches.areSimilar(index, other)) groups.join(other, index);
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

/** Numbers of 32 bits in a summary: of two texts of a sentence or three, the summaries differ in more bits than similar texts could. */
const SUMMARY = 16;

/** The sketches of many texts one after another: an object for each would take more memory than what is in it. */
class Sketches {
  readonly #starts: Uint32Array;
  /** For each sketch a set of `SUMMARY` × 32 bits that holds the lowest bits of its hashes. */
  readonly #summaries: Int32Array;
  #hashes: Int32Array;

  constructor(texts: readonly string[]) {
    this.#starts = new Uint32Array(texts.length + 1);
    this.#summaries = new Int32Array(texts.length * SUMMARY);
    const most = texts.reduce((sum, text) => sum + Math.min(text.length, SKETCH_SIZE), 0);
    this.#hashes = new Int32Array(most);
    let end = 0;
    texts.forEach((text, index) => {
      const hashes = sketch(text);
      this.#hashes.set(hashes, end);
      end += hashes.length;
      this.#starts[index + 1] = end;
      for (const hash of hashes) {
        const word = index * SUMMARY + ((hash >>> 5) & (SUMMARY - 1));
        this.#summaries[word] = (this.#summaries[word] ?? 0) | (1 << (hash & 31));
      }
    });
  }

  size(index: number): number {
    return (this.#starts[index + 1] ?? 0) - (this.#starts[index] ?? 0);
  }

  areSimilar(a: number, b: number): boolean {
    const size = this.size(a) + this.size(b);
    // Each bit in which they differ stands for a shingle that only one of them has.
    if (size <= SKETCH_SIZE && this.#differentBits(a, b) > mostDifferent(size)) return false;
    return areSimilar(this.#hashes, this.#starts[a] ?? 0, this.#starts[a + 1] ?? 0, {
      hashes: this.#hashes,
      start: this.#starts[b] ?? 0,
      end: this.#starts[b + 1] ?? 0,
    });
  }

  #differentBits(a: number, b: number): number {
    let count = 0;
    for (let word = 0; word < SUMMARY; word++)
      count += bitCount((this.#summaries[a * SUMMARY + word] ?? 0) ^ (this.#summaries[b * SUMMARY + word] ?? 0));
    return count;
  }

  /**
   * For each sketch one number made of four MinHashes. They come from one permutation, a minimum for each quarter of its range
   * (Li, Owen, Zhang, "One permutation hashing", 2012).
   */
  bandKeys(seed: number): Int32Array {
    const keys = new Int32Array(this.#starts.length - 1);
    const minima = new Int32Array(4);
    let at = 0;
    for (let index = 0; index < keys.length; index++) {
      minima.fill(0x7fffffff);
      const end = this.#starts[index + 1] ?? 0;
      for (; at < end; at++) {
        const hash = Math.imul((this.#hashes[at] ?? 0) ^ seed, seed | 1);
        const quarter = hash >>> 30;
        if (hash < (minima[quarter] ?? 0)) minima[quarter] = hash;
      }
      let key = 0;
      for (let quarter = 0; quarter < 4; quarter++) key = mix(key ^ (minima[quarter] ?? 0));
      keys[index] = key;
    }
    return keys;
  }
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
  let distinct = 0;
  for (let at = 0; at < count && distinct < SKETCH_SIZE; at++)
    if (at === 0 || ascending[at] !== ascending[distinct - 1]) ascending[distinct++] = ascending[at] ?? 0;
  return ascending.subarray(0, distinct);
}

function isEastAsian(code: number): boolean {
  return (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
}

/** Of two sketches with so many hashes together, how many may be in one only. */
const mostDifferent = (size: number): number => (1 - THRESHOLD) * Math.min(SKETCH_SIZE, size / (1 + THRESHOLD));

/** Whether the Jaccard similarity reaches the threshold, from the smallest hashes of the union (Broder 1997, section 4). Gives up as soon as it cannot. */
function areSimilar(a: Int32Array, start: number, end: number, b: { hashes: Int32Array; start: number; end: number }) {
  const others = b.hashes;
  const most = mostDifferent(end - start + b.end - b.start);
  let [i, j, shared, different] = [start, b.start, 0, 0];
  while (i < end && j < b.end && shared + different < SKETCH_SIZE) {
    const left = a[i] ?? 0;
    const right = others[j] ?? 0;
    // Added, not branched on: half of the branches would be predicted wrongly.
    i += +(left <= right);
    j += +(right <= left);
    if (left === right) shared++;
    else if (++different > most) return false;
  }
  const union = Math.min(SKETCH_SIZE, shared + different + end - i + b.end - j);
  return shared >= THRESHOLD * union;
}

/** How many bits of a number are set: https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
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
