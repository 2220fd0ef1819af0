/** A 95% confidence interval. */
export type Interval = readonly [lo: number, hi: number];

/** The normal quantile of a two-sided 95% interval. */
export const z = 1.959963985;

/** The part of centre ± halfWidth that lies within what is possible. */
export function intervalAround(centre: number, halfWidth: number, [lo, hi]: Interval): Interval {
  return [Math.max(lo, centre - halfWidth), Math.min(hi, centre + halfWidth)];
}
