import { BinomialTail } from './binomial-tail.ts';
import { requireCounts } from './counts.ts';

const usualPower = 0.8;
const usualLevel = 0.05;

type Plan = { n: number; flipShare: number; level?: number };

/**
 * The chance that McNemar's exact test finds a true difference, p below the level (.05) in its direction, between two runs over the same n cases of which
 * `flipShare` flip: over the binomial number of flips, the chance that few enough of them go the other way. Exact, where
 * `detectablePairedDifference` takes the z test's; Duffy (1984), Biometrics 40, 1005–1015.
 */
export function exactPairedPower(plan: Plan & { difference: number }): number {
  const { n, flipShare, difference, level = usualLevel } = plan;
  requireCounts({ n });
  if (!(flipShare >= 0 && flipShare <= 1)) throw new RangeError(`${flipShare} is not a share of flips`);
  if (!(Math.abs(difference) <= flipShare)) throw new RangeError(`${difference} is larger than the share of flips`);
  return powerAt({ n, flipShare, level })(Math.abs(difference));
}

/**
 * The smallest true difference between two runs over the same n cases that McNemar's exact test finds with power .8, where `flipShare` of the
 * cases flip: what "can't tell" says after a run is that the difference is hardly as large as this. Null where even flips that all go one way
 * would not be found.
 */
export function exactDetectableDifference({ n, flipShare, level = usualLevel }: Plan): number | null {
  const power = powerAt({ n, flipShare, level });
  if (power(flipShare) < usualPower) return null;
  let [tooSmall, found] = [0, flipShare];
  for (let halvings = 0; halvings < 24; halvings++) {
    const middle = (tooSmall + found) / 2;
    if (power(middle) < usualPower) tooSmall = middle;
    else found = middle;
  }
  return found;
}

/**
 * The fewest cases, to a hundredth of them, over which the exact test finds this true difference with power .8. Null where it is larger than
 * the share of flips, the most that there can be.
 */
export function exactCasesForDifference(wanted: Omit<Plan, 'n'> & { difference: number }): number | null {
  const { difference, flipShare } = wanted;
  if (difference <= 0 || difference > flipShare) return null;
  const shows = (n: number) => exactPairedPower({ ...wanted, n }) >= usualPower;
  let most = 1;
  while (!shows(most)) most *= 2;
  let tooFew = Math.floor(most / 2);
  while (most - tooFew > Math.max(1, most / 100)) {
    const middle = Math.floor((tooFew + most) / 2);
    if (shows(middle)) most = middle;
    else tooFew = middle;
  }
  return most;
}

/** The power at each difference: the chances of so many flips, and how many of them may be contrary, are the same for all. */
function powerAt({ n, flipShare, level }: Required<Plan>): (difference: number) => number {
  if (flipShare === 0) return () => 0;
  const chances = flipChances(n, flipShare);
  const mostContrary = contraryFlips(chances.length, level);
  return (difference) => {
    const contrary = new BinomialTail((flipShare - difference) / (2 * flipShare));
    return chances.reduce((power, chance, flips) => {
      const most = mostContrary[flips] ?? -1;
      if (most > contrary.bound) contrary.raise();
      const found = most < 0 ? 0 : contrary.chance;
      contrary.draw();
      return power + chance * found;
    }, 0);
  };
}

/** The chances of 0, 1, … flips, up to where they vanish, from their ratios to the likeliest number, so that none overflows. */
function flipChances(n: number, share: number): Float64Array {
  const deviation = Math.sqrt(n * share * (1 - share));
  const last = Math.min(n, Math.ceil(n * share + 9 * deviation + 9));
  const chances = new Float64Array(last + 1);
  const likeliest = Math.min(n, Math.floor((n + 1) * share));
  const odds = share / (1 - share);
  chances[likeliest] = 1;
  for (let flips = likeliest; flips < last; flips++)
    chances[flips + 1] = ((chances[flips] ?? 0) * (n - flips) * odds) / (flips + 1);
  for (let flips = likeliest; flips > 0; flips--)
    chances[flips - 1] = ((chances[flips] ?? 0) * flips) / ((n - flips + 1) * odds);
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / total);
}

/** For each number of flips below this length, how many may be contrary in a test that reaches the level; −1 where none may. */
function contraryFlips(length: number, level: number): Int32Array {
  const even = new BinomialTail(0.5);
  return new Int32Array(length).map(() => {
    if (2 * (even.chance + even.nextChance) < level) even.raise();
    const most = 2 * even.chance < level ? even.bound : -1;
    even.draw();
    return most;
  });
}
