/**
 * p-values of several tests, corrected so that the chance of any false finding among them stays below the level that each is held against: the
 * smallest is multiplied by the number of tests, the next by one less, and none may fall below one before it. In the order given.
 * S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65–70.
 */
export function holmCorrected(pValues: readonly number[]): number[] {
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value lies between 0 and 1, not at ${p}`);
  const corrected = pValues.map(() => 1);
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  let largest = 0;
  ascending.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    corrected[index] = largest;
  });
  return corrected;
}
