import { z } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';

const usualPower = 0.8;

/**
 * The smallest true difference between two runs over the same n cases that a test at .05 finds with this power, where `flipShare` of the cases
 * flip: δ = (z_α/2·√ψ + z_β·√(ψ − δ²)) / √n, Connor (1987), Biometrics 43, 207–211. That is the
 * power of McNemar's z test; the exact test has some .03 less. Null where even flips that all go one way would not be found.
 */
export function detectablePairedDifference(plan: { n: number; flipShare: number; power?: number }): number | null {
  const { n, flipShare, power = usualPower } = plan;
  // Up to z² cases, the solution below belongs to the equation with −z_β.
  if (flipShare === 0 || n <= z ** 2) return null;
  const zPower = normalQuantile(power);
  // Squared, the equation is quadratic in δ; this is its root with the sign of z_β.
  const difference =
    (Math.sqrt(flipShare) * (z * Math.sqrt(n) + zPower * Math.sqrt(n + zPower ** 2 - z ** 2))) / (n + zPower ** 2);
  return difference <= flipShare ? difference : null;
}

/** The fewest cases over which two runs show this difference, by the above: it falls as cases are added. Null where it is larger than the share of flips, the most that there can be. */
export function casesForPairedDifference(wanted: { difference: number; flipShare: number }): number | null {
  const { difference, flipShare } = wanted;
  if (difference <= 0 || difference > flipShare) return null;
  const shows = (n: number) => (detectablePairedDifference({ n, flipShare }) ?? Number.POSITIVE_INFINITY) <= difference;
  let most = 1;
  while (!shows(most)) most *= 2;
  let fewest = most / 2;
  while (most - fewest > 1) {
    const middle = Math.floor((fewest + most) / 2);
    if (shows(middle)) most = middle;
    else fewest = middle;
  }
  return most;
}

/** The smallest true distance from a fixed target rate that n cases show with power .8. Null where no rate lies that far away. */
export function detectableAgainstTarget({ n, target }: { n: number; target: number }): number | null {
  return detectable(target, Math.sqrt((target * (1 - target)) / n));
}

/** The smallest true difference that two runs over n different cases each show with power .8. Null where no rate lies that far away. */
export function detectableIndependent({ n, rate }: { n: number; rate: number }): number | null {
  return detectable(rate, Math.sqrt((2 * rate * (1 - rate)) / n));
}

/** Null also at the rates 0 and 1, where the normal approximation has no error and would promise to show anything. */
function detectable(rate: number, standardError: number): number | null {
  const difference = (z + normalQuantile(usualPower)) * standardError;
  return difference > 0 && difference <= Math.max(rate, 1 - rate) ? difference : null;
}
