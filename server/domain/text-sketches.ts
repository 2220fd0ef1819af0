/*
 * Sketches of texts by which near-duplicates are found: MinHash with banded locality-sensitive hashing. Broder, "On the resemblance and containment
 * of documents" (1997); Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3.
 */

/** Chosen on reviews, SMS, bookings and questions: one changed word in a sentence stays above it, two sentences on the same matter stay below. */
const THRESHOLD = 0.55;
/** Bottom-k sketch: exact for texts with fewer shingles, a standard error of 0.02 for longer ones. */
const SKETCH_SIZE = 512;
/** A pair at the threshold meets in one of 40 bands with probability 1 − (1 − 0.55⁴)⁴⁰ = 0.98, one at 0.65 with 0.9996. */
export const PERMUTATIONS = 10;
export const BANDS_OF_PERMUTATION = 4;
/** Each band is made of the minima of four parts. */
const PARTS = 4 * BANDS_OF_PERMUTATION;
/** Numbers of 32 bits in a summary: of two texts of a sentence or three, the summaries differ in more bits than similar texts could. */
const SUMMARY = 16;
/** Of FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
const PRIME = 0x01000193;
/** Below it lie the hashes of texts of more than 16,000 characters, and few of others. */
const LOWEST = -(2 ** 31) + 2 ** 27;

type Hashes = Int32Array | Int16Array;
type Part = { hashes: Hashes; start: number; end: number };

/**
 * The sketches of many texts one after another: an object for each would take more memory than what is in it. Of texts with fewer shingles than a sketch
 * has room for, the upper half of each hash is kept: of 500 shingles two texts then share 4 by chance.
 */
export class TextSketches {
  readonly #sizes: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #halves: Int16Array<ArrayBuffer>;
  readonly #full: Int32Array<ArrayBuffer>;
  /** For each sketch a set of `SUMMARY` × 32 bits that holds the lowest bits of its hashes. */
  readonly #summaries: Int32Array<ArrayBuffer>;

  constructor(texts: readonly string[]) {
    this.#sizes = new Uint16Array(texts.length);
    this.#starts = new Uint32Array(texts.length);
    this.#summaries = new Int32Array(texts.length * SUMMARY);
    const isLong = ({ length }: string) => length > SKETCH_SIZE;
    // What isn't written takes no memory.
    this.#halves = new Int16Array(texts.reduce((sum, { length }) => sum + Math.min(length, SKETCH_SIZE), 0));
    this.#full = new Int32Array(texts.filter(isLong).length * SKETCH_SIZE);
    let [half, full] = [0, 0];
    const room = new Int32Array(texts.reduce((longest, { length }) => Math.max(longest, length), 0));
    texts.forEach((text, index) => {
      const hashes = sketch(text, room);
      this.#sizes[index] = hashes.length;
      this.#summarise(hashes, index);
      if (hashes.length < SKETCH_SIZE) {
        this.#starts[index] = half;
        for (const hash of hashes) this.#halves[half++] = hash >> 16;
      } else {
        this.#starts[index] = full;
        this.#full.set(hashes, full);
        full += SKETCH_SIZE;
      }
    });
  }

  /** How many shingles a text has; of long ones, how many are kept. */
  size(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  areSimilar(a: number, b: number): boolean {
    const size = this.size(a) + this.size(b);
    // Each bit in which they differ stands for a shingle that only one of them has.
    const most = mostDifferent(size);
    if (size <= SKETCH_SIZE && this.#differentBits(a, b, most) > most) return false;
    const [first, second] = [this.#part(a), this.#part(b)];
    if (first.hashes === second.hashes) return areSimilar(first, second);
    return areSimilar(halved(first), halved(second));
  }

  /**
   * Writes for each sketch a number made of four MinHashes into each of `BANDS_OF_PERMUTATION` lists. They come from one permutation, a minimum for each
   * part of its range (Li, Owen, Zhang, "One permutation hashing", 2012); an empty part takes the next one's (Shrivastava, Li, "Densifying one
   * permutation hashing", 2014).
   */
  writeBandKeys(permutation: number, bands: readonly Int32Array[]): void {
    const seed = mix(permutation + PERMUTATIONS);
    const minima = new Int32Array(PARTS);
    for (let index = 0; index < this.#sizes.length; index++) {
      minima.fill(none);
      const size = this.size(index);
      const start = this.#starts[index] ?? 0;
      if (size < SKETCH_SIZE) takeMinima(this.#halves, { start, end: start + size, seed, minima });
      else takeMinimaOfLong(this.#full.subarray(start, start + size), seed, minima);
      fillEmptyParts(minima);
      for (let band = 0; band < BANDS_OF_PERMUTATION; band++) {
        let key = band;
        for (let part = band; part < PARTS; part += BANDS_OF_PERMUTATION) key = mix(key ^ (minima[part] ?? 0));
        const keys = bands[band];
        if (keys) keys[index] = key;
      }
    }
  }

  /** Gives the memory back at once, not when it is next looked for. Nothing can be asked afterwards. */
  release(): void {
    for (const { buffer } of [this.#halves, this.#full, this.#summaries]) buffer.transfer(0);
  }

  #part(index: number): Part {
    const start = this.#starts[index] ?? 0;
    const size = this.size(index);
    return { hashes: size < SKETCH_SIZE ? this.#halves : this.#full, start, end: start + size };
  }

  #summarise(hashes: Int32Array, index: number): void {
    for (const hash of hashes) {
      const word = index * SUMMARY + ((hash >>> 5) & (SUMMARY - 1));
      this.#summaries[word] = (this.#summaries[word] ?? 0) | (1 << (hash & 31));
    }
  }

  #differentBits(a: number, b: number, most: number): number {
    const [first, second] = [a * SUMMARY, b * SUMMARY];
    let count = 0;
    for (let word = 0; word < SUMMARY && count <= most; word++)
      count += bitCount((this.#summaries[first + word] ?? 0) ^ (this.#summaries[second + word] ?? 0));
    return count;
  }
}

const halved = ({ hashes, start, end }: Part): Part => ({
  hashes:
    hashes instanceof Int16Array
      ? hashes.subarray(start, end)
      : Int16Array.from(hashes.subarray(start, end), (hash) => hash >> 16),
  start: 0,
  end: end - start,
});

/** More than any of 28 bits. */
const none = 0x3fffffff;

type Minima = { start: number; end: number; seed: number; minima: Int32Array };

function takeMinima(hashes: Int16Array, { start, end, seed, minima }: Minima): void {
  for (let at = start; at < end; at++) takeMinimum(hashes[at] ?? 0, seed, minima);
}

/** As those of a short text, but for the lowest hashes: those of a very long text all lie close together. */
function takeMinimaOfLong(hashes: Int32Array, seed: number, minima: Int32Array): void {
  for (const hash of hashes) takeMinimum(hash < LOWEST ? hash : hash >> 16, seed, minima);
}

function takeMinimum(value: number, seed: number, minima: Int32Array): void {
  const hash = Math.imul(value ^ seed, seed | 1);
  const part = hash >>> 28;
  const rest = hash & 0x0fffffff;
  const least = minima[part] ?? 0;
  const difference = rest - least;
  // The lesser of both without a branch, which would be predicted wrongly.
  minima[part] = least + (difference & (difference >> 31));
}

function fillEmptyParts(minima: Int32Array): void {
  let next = none;
  for (let round = 2 * PARTS - 1; round >= 0; round--) {
    const part = round % PARTS;
    if (minima[part] === none) minima[part] = next;
    else next = minima[part] ?? none;
  }
}

/**
 * The smallest hashes, ascending, of the shingles: runs of four characters, of two in Chinese, Japanese and Korean. There are too few
 * different runs of three: two English texts of some pages would share more than half of theirs. What is returned holds until the next call.
 */
export function sketch(text: string, room = new Int32Array(text.length)): Int32Array {
  let count = 0;
  for (let start = 0; start < text.length - 1; start++) {
    const [first, second] = [text.charCodeAt(start), text.charCodeAt(start + 1)];
    const isPair = isEastAsian(first) && isEastAsian(second);
    if (!isPair && start + 4 > text.length) continue;
    let hash = isPair ? 2 : 4;
    hash = Math.imul(hash ^ first, PRIME);
    hash = Math.imul(hash ^ second, PRIME);
    if (!isPair) {
      hash = Math.imul(hash ^ text.charCodeAt(start + 2), PRIME);
      hash = Math.imul(hash ^ text.charCodeAt(start + 3), PRIME);
    }
    room[count++] = mix(hash);
  }
  const ascending = count > fewHashes ? room.subarray(0, count).sort() : sortFew(room, count);
  let distinct = 0;
  for (let at = 0; at < count && distinct < SKETCH_SIZE; at++)
    if (at === 0 || ascending[at] !== ascending[distinct - 1]) ascending[distinct++] = ascending[at] ?? 0;
  return ascending.subarray(0, distinct);
}

const fewHashes = 2000;
const sorted = new Int32Array(fewHashes);
/** For each value of the highest eight bits, where the next hash that has it goes. */
const nextPlaces = new Int32Array(256);

/** Hashes in ascending order: put where their highest bits belong, which is nearly right, and mended from there. Takes half the time of a general sort. */
function sortFew(hashes: Int32Array, count: number): Int32Array {
  nextPlaces.fill(0);
  for (let at = 0; at < count; at++)
    nextPlaces[highest(hashes[at] ?? 0)] = 1 + (nextPlaces[highest(hashes[at] ?? 0)] ?? 0);
  let place = 0;
  for (let bits = 0; bits < 256; bits++) {
    const having = nextPlaces[bits] ?? 0;
    nextPlaces[bits] = place;
    place += having;
  }
  for (let at = 0; at < count; at++) {
    const hash = hashes[at] ?? 0;
    const to = nextPlaces[highest(hash)] ?? 0;
    nextPlaces[highest(hash)] = to + 1;
    sorted[to] = hash;
  }
  for (let at = 1; at < count; at++) {
    const hash = sorted[at] ?? 0;
    let to = at;
    for (; to > 0 && (sorted[to - 1] ?? 0) > hash; to--) sorted[to] = sorted[to - 1] ?? 0;
    sorted[to] = hash;
  }
  return sorted.subarray(0, count);
}

const highest = (hash: number): number => (hash >> 24) + 128;

function isEastAsian(code: number): boolean {
  if (code < 0x2e80) return false;
  return code <= 0x9fff || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
}

/** Of two sketches with so many hashes together, how many may be in one only. */
const mostDifferent = (size: number): number => (1 - THRESHOLD) * Math.min(SKETCH_SIZE, size / (1 + THRESHOLD));

/** Whether the Jaccard similarity of two sketches reaches the threshold, from the smallest hashes of the union (Broder 1997, section 4). Gives up as soon as it cannot. */
export function areSimilar(a: Part, b: Part): boolean {
  const most = mostDifferent(a.end - a.start + b.end - b.start);
  let [i, j, shared, different] = [a.start, b.start, 0, 0];
  while (i < a.end && j < b.end && shared + different < SKETCH_SIZE) {
    const left = a.hashes[i] ?? 0;
    const right = b.hashes[j] ?? 0;
    // Added, not branched on: half of the branches would be predicted wrongly.
    i += +(left <= right);
    j += +(right <= left);
    if (left === right) shared++;
    else if (++different > most) return false;
  }
  const union = Math.min(SKETCH_SIZE, shared + different + a.end - i + b.end - j);
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
