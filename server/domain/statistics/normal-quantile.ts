/** The z below which this share, 0 < probability < 1, of a standard normal lies. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`${probability} is not between 0 and 1`);
  let [lo, hi] = [-9, 9];
  for (let halvings = 0; halvings < 60; halvings++) {
    const middle = (lo + hi) / 2;
    if (cumulative(middle) < probability) lo = middle;
    else hi = middle;
  }
  return hi;
}

/** Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …): Marsaglia (2004), J. Stat. Softw. 11(4). */
function cumulative(x: number): number {
  let sum = 0;
  for (let term = x, i = 3; sum + term !== sum; term *= x ** 2 / i, i += 2) sum += term;
  return 0.5 + (Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
