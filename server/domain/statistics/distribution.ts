/** How values are spread: percentiles and a histogram of at most 20 bins. */
export type Distribution = {
  n: number;
  min: number;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
  max: number;
  /** From `from` up to, without, `to`; the last one holds all from its `from` on. */
  bins: readonly { from: number; to: number; count: number }[];
};

const MOST_BINS = 20;

/**
 * Percentiles by nearest rank, which are values that occurred; null of no values. Bins are equally wide and end where values become rare
 * (1.5 times the middle 90 % above the 95th percentile), so that a few slow calls don't press all others into one bar.
 */
export function distribution(values: Float64Array, { whole }: { whole: boolean }): Distribution | null {
  const sorted = values.toSorted();
  const n = sorted.length;
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * n) - 1)] ?? 0;
  if (n === 0) return null;
  const [min, p5, p95, max] = [at(0), at(0.05), at(0.95), at(1)];
  const end = Math.min(max, p95 + 1.5 * (p95 - p5));
  return { n, min, p5, p25: at(0.25), p50: at(0.5), p75: at(0.75), p95, max, bins: binsOf(sorted, min, end, whole) };
}

function binsOf(sorted: Float64Array, min: number, end: number, whole: boolean): Distribution['bins'] {
  const exact = (end - min) / MOST_BINS;
  // Whole numbers in bins of whole width; one more value than the difference.
  const width = whole ? Math.max(1, Math.ceil((end - min + 1) / MOST_BINS)) : exact;
  const count = width === 0 ? 1 : Math.min(MOST_BINS, Math.floor((end - min) / width) + 1);
  const bins = Array.from({ length: count }, (_, index) => ({
    from: min + index * width,
    to: min + (index + 1) * width,
    count: 0,
  }));
  for (const value of sorted) {
    const bin = bins[width === 0 ? 0 : Math.min(count - 1, Math.floor((value - min) / width))];
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}
