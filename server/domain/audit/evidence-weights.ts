/** Pulls a weight that few cases speak for towards 0: a normal prior with variance 1. */
const RIDGE = 1;
const MOST_ROUNDS = 50;
const SETTLED = 1e-4;
/** Enough for weights of two digits. */
const MOST_CASES = 5_000;

/**
 * How much the word of each source is worth. A row holds what every source says of one case: above 0 for its label, below 0 for another, 0 nothing. The
 * weights make the labels of the set most likely together: stacking by logistic regression (Wolpert, "Stacked generalization", 1992) without an intercept,
 * because no source sees the label that it is held against. Sources that repeat one another share their weight; one that is wrong more often than right
 * gets none.
 */
export function evidenceWeights(rows: readonly (readonly number[])[]): number[] {
  const step = Math.ceil(rows.length / MOST_CASES);
  const used = rows.filter((_, index) => index % step === 0);
  const weights = (used[0] ?? []).map(() => 0);
  const sums = new Float64Array(used.length);
  for (let round = 0, moved = 1; round < MOST_ROUNDS && moved > SETTLED; round++) {
    moved = 0;
    for (let source = 0; source < weights.length; source++) {
      const before = weights[source] ?? 0;
      const after = Math.max(0, before + newtonStep(used, source, sums, before));
      weights[source] = after;
      moved = Math.max(moved, Math.abs(after - before));
      used.forEach((row, index) => {
        sums[index] = (sums[index] ?? 0) + (after - before) * (row[source] ?? 0);
      });
    }
  }
  return weights;
}

function newtonStep(rows: readonly (readonly number[])[], source: number, sums: Float64Array, weight: number): number {
  let slope = -RIDGE * weight;
  let bend = RIDGE;
  rows.forEach((row, index) => {
    const said = row[source] ?? 0;
    if (said === 0) return;
    const doubt = 1 / (1 + Math.exp(sums[index] ?? 0));
    slope += doubt * said;
    bend += doubt * (1 - doubt) * said * said;
  });
  return slope / bend;
}
