/** Binary fractions must not show: .28 × 100 is 28.000000000000004. */
export const scaled = (value: number, factor: number): number => Number((value * factor).toPrecision(12));
