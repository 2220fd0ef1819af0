import { BinomialTail } from './binomial-tail.ts';
import { requireCounts } from './counts.ts';
import { quantileOf } from './holdout-look.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** The chance with which a target is to be shown as met: as for comparisons, one run in five misses it by bad luck. */
export const proofPower = 0.8;
/** Beyond so many cases none is looked for. */
export const mostCasesToProve = 100_000;

type Goal = {
  /** The rate, 0..1, that the lower bound of the interval has to reach. */
  target: number;
  /** Which look at the holdout cases it is; the first unless said. A later one has a wider interval. */
  look?: number;
};

/**
 * The fewest cases over which the lower bound of Wilson's interval reaches the target with a chance of .8, where `rate` is the true pass rate:
 * exact, over the binomial number of failures. Null where the true rate does not lie above the target, and beyond 100,000 cases. As cases are
 * whole, a few more than these may have a chance that is a little smaller.
 */
export function casesToProve({ rate, ...goal }: Goal & { rate: number }): number | null {
  requireShare(rate);
  const allowed = new AllowedFailures(goal);
  if (rate <= goal.target) return null;
  const tail = new BinomialTail(1 - rate);
  for (let n = 1; n <= mostCasesToProve; n++) {
    const failures = allowed.next();
    tail.draw();
    if (chanceOf(tail, failures) >= proofPower) return n;
  }
  return null;
}

/** The chance that n cases show the target as met, where `rate` is the true pass rate. */
export function chanceToProve({ n, rate, ...goal }: Goal & { n: number; rate: number }): number {
  requireShare(rate);
  return chanceAmong(allowedUpTo(n, goal), rate);
}

/** The smallest true pass rate that n cases show to reach the target with a chance of .8. Null where not even all passing would. */
export function provableRate({ n, ...goal }: Goal & { n: number }): number | null {
  const allowed = allowedUpTo(n, goal);
  if ((allowed.at(-1) ?? -1) < 0) return null;
  let [tooLow, shown] = [goal.target, 1];
  for (let halvings = 0; halvings < 24; halvings++) {
    const middle = (tooLow + shown) / 2;
    if (chanceAmong(allowed, middle) < proofPower) tooLow = middle;
    else shown = middle;
  }
  return shown;
}

/** How many of n cases have to pass for the lower bound to reach the target; null where not even all passing would do. */
export function passesToProve({ n, ...goal }: Goal & { n: number }): number | null {
  const failures = allowedUpTo(n, goal).at(-1) ?? -1;
  return failures < 0 ? null : n - failures;
}

function chanceAmong(allowed: Int32Array, rate: number): number {
  const failing = 1 - rate;
  // The tail divides by what is left of 1: all fail.
  if (failing === 1) return allowed.length > 0 && allowed.at(-1) === allowed.length ? 1 : 0;
  const tail = new BinomialTail(failing);
  return allowed.reduce((_, failures) => {
    tail.draw();
    return chanceOf(tail, failures);
  }, 0);
}

/** The chance of at most so many failures, where the tail has as many draws and no higher bound yet. */
function chanceOf(tail: BinomialTail, failures: number): number {
  while (tail.bound < failures) tail.raise();
  return failures < 0 ? 0 : tail.chance;
}

function allowedUpTo(n: number, goal: Goal): Int32Array {
  requireCounts({ n });
  const allowed = new AllowedFailures(goal);
  return new Int32Array(n).map(() => allowed.next());
}

/**
 * How many of 1, 2, … cases may fail for the lower bound to reach the target; −1 where none may. With one case more it is the same number or one
 * more: the bound rises with each further pass and falls with each further failure.
 */
class AllowedFailures {
  readonly #target: number;
  readonly #quantile: number;
  #n = 0;
  #failures = -1;

  constructor({ target, look = 1 }: Goal) {
    requireShare(target);
    this.#target = target;
    this.#quantile = quantileOf(look);
  }

  next(): number {
    this.#n += 1;
    while (this.#failures < this.#n && this.#boundWith(this.#failures + 1) >= this.#target) this.#failures += 1;
    return this.#failures;
  }

  #boundWith = (failures: number): number => wilsonInterval(this.#n - failures, this.#n, this.#quantile)[0];
}

function requireShare(rate: number): void {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`${rate} is no rate from 0 to 1`);
}
