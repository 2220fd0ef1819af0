import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { verdictOf } from '../../../server/domain/statistics/comparison.ts';
import { exactPairedPower } from '../../../server/domain/statistics/mcnemar-power.ts';
import { mcnemarExact } from '../../../server/domain/statistics/mcnemar-test.ts';
import { pairedDifference } from '../../../server/domain/statistics/paired-difference.ts';
import { printTable } from '../table.ts';
import { crossed, mean, percent, Share } from './share.ts';

const plans = crossed(
  [{ n: 20 }, { n: 50 }, { n: 100 }, { n: 200 }, { n: 500 }],
  [{ flipShare: 0.05 }, { flipShare: 0.1 }, { flipShare: 0.2 }, { flipShare: 0.4 }],
);
const replications = 10_000;

/** The exact paired test where nothing changed and where half of the flips' share did, and the interval of the difference in both. */
export function simulatePaired(): boolean {
  const random = seededRandom(2);
  const cells = plans.map(({ n, flipShare }) => {
    const same = simulate(random, n, flipShare, 0);
    const changed = simulate(random, n, flipShare, flipShare / 2);
    const power = exactPairedPower({ n, flipShare, difference: flipShare / 2 });
    return { n, flipShare, same, changed, power };
  });
  console.log(`\nPaired comparisons: per cent ± standard error, ${replications} replications a cell, seed 2`);
  printTable([
    ['n', 'flips', 'false alarms', 'power simulated (exact)', 'coverage, no change', 'coverage, changed'],
    ...cells.map(({ n, flipShare, same, changed, power }) => [
      ...[`${n}`, `${flipShare}`, `${same.told}`, `${changed.better} (${percent(power)})`],
      ...[`${same.covered}`, `${changed.covered}`],
    ]),
  ]);
  const coverages = cells.flatMap(({ same, changed }) => [same.covered.value, changed.covered.value]);
  const alarms = Math.max(...cells.map(({ same }) => same.told.value));
  const furthest = Math.max(
    ...cells.map(({ changed, power }) => {
      const error = Math.sqrt((power * (1 - power)) / replications);
      return Math.abs(changed.better.value - power) / Math.max(error, 1 / replications);
    }),
  );
  console.log(
    `most false alarms ${percent(alarms)} (budget ≤ 5); power furthest from the exact one ${furthest.toFixed(1)} standard errors (budget ≤ 4)`,
  );
  console.log(
    `Bonett and Price’s interval covers ${percent(mean(coverages))} on average (budget 94–98), ${percent(Math.min(...coverages))} at least (budget ≥ 93)`,
  );
  const covered = mean(coverages) >= 0.94 && mean(coverages) <= 0.98 && Math.min(...coverages) >= 0.93;
  return alarms <= 0.05 && furthest <= 4 && covered;
}

function simulate(random: () => number, n: number, flipShare: number, difference: number) {
  const [told, better, covered] = [new Share(), new Share(), new Share()];
  const [brokenShare, fixedShare] = [(flipShare - difference) / 2, (flipShare + difference) / 2];
  for (let i = 0; i < replications; i++) {
    let [broken, fixed] = [0, 0];
    for (let drawn = 0; drawn < n; drawn++) {
      const at = random();
      if (at < brokenShare) broken++;
      else if (at < brokenShare + fixedShare) fixed++;
    }
    const verdict = verdictOf(mcnemarExact(broken, fixed), { broken, fixed });
    told.add(verdict !== "can't tell");
    better.add(verdict === 'better');
    const [lo, hi] = pairedDifference({ broken, fixed, n }).interval;
    covered.add(lo <= difference && difference <= hi);
  }
  return { told, better, covered };
}
