/** How much had come at an instant, in milliseconds. */
export type Sample = { at: number; bytes: number };
export type Pace = { bytesPerSecond: number; msLeft: number };

/** Long enough to be steady, short enough to follow a line that slows down. */
const SPAN_MS = 10_000;

/** The newest samples with one more; a fetch that began anew forgets the ones before. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.bytes < last.bytes) return [sample];
  return [...samples.filter(({ at }) => sample.at - at < SPAN_MS && at < sample.at), sample];
}

/** How fast a file comes and how long the rest takes; null until that can be told. */
export function paceOf(samples: readonly Sample[], totalBytes: number): Pace | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.bytes <= first.bytes) return null;
  const bytesPerSecond = ((last.bytes - first.bytes) / (last.at - first.at)) * 1_000;
  return { bytesPerSecond, msLeft: ((totalBytes - last.bytes) / bytesPerSecond) * 1_000 };
}
