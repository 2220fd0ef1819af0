import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { repeatStatistics } from '../../../server/domain/statistics/repeats.ts';
import { printTable } from '../table.ts';
import { drawPasses } from './random.ts';
import { crossed, mean, percent, Share } from './share.ts';

const plans = crossed([{ cases: 50 }, { cases: 200 }], [{ groupSize: 1 }, { groupSize: 4 }]);
const k = 3;
const repeats = 5;
const replications = 2_000;

/**
 * Cases whose chance to pass is uniform over 0..1, or the same within a group: then the chance that k tries all pass is 1/(k + 1), and that
 * one of them does is k/(k + 1). How far the two are off on average, and how often their intervals contain them.
 */
export function simulateRepeats(): boolean {
  const random = seededRandom(8);
  const cells = plans.map((plan) => ({ ...plan, ...simulate(random, plan) }));
  console.log(
    `\npass@${k} and pass^${k} of ${repeats} repeats: mean error in % and coverage in % ± standard error, ${replications} replications, seed 8`,
  );
  printTable([
    ['cases', 'alike in groups of', `error of pass@${k}`, 'coverage', `error of pass^${k}`, 'coverage'],
    ...cells.map(({ cases, groupSize, at, hat }) => [
      ...[`${cases}`, `${groupSize}`, `${percent(mean(at.errors))} ± ${percent(errorOfMean(at.errors))}`],
      ...[`${at.covered}`, `${percent(mean(hat.errors))} ± ${percent(errorOfMean(hat.errors))}`, `${hat.covered}`],
    ]),
  ]);
  const figures = cells.flatMap(({ at, hat }) => [at, hat]);
  const furthest = Math.max(...figures.map(({ errors }) => Math.abs(mean(errors)) / errorOfMean(errors)));
  const least = Math.min(...figures.map(({ covered }) => covered.value));
  console.log(
    `mean errors at most ${furthest.toFixed(1)} standard errors from 0 (budget ≤ 4); coverage at least ${percent(least)} (budget ≥ 90)`,
  );
  return furthest <= 4 && least >= 0.9;
}

function simulate(random: () => number, { cases, groupSize }: { cases: number; groupSize: number }) {
  const at = { errors: [] as number[], covered: new Share(), truth: k / (k + 1) };
  const hat = { errors: [] as number[], covered: new Share(), truth: 1 / (k + 1) };
  for (let i = 0; i < replications; i++) {
    const chances = Array.from({ length: Math.ceil(cases / groupSize) }, random);
    const asked = Array.from({ length: cases }, (_, index) => {
      const group = Math.floor(index / groupSize);
      return { passed: drawPasses(random, repeats, chances[group] ?? 0), repeats, group: `${group}` };
    });
    const { passAtK, passHatK } = repeatStatistics(asked, k);
    for (const [figure, found] of [
      [at, passAtK],
      [hat, passHatK],
    ] as const) {
      if (found === null) continue;
      figure.errors.push(found.value - figure.truth);
      figure.covered.add(found.interval[0] <= figure.truth && figure.truth <= found.interval[1]);
    }
  }
  return { at, hat };
}

function errorOfMean(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) / values.length);
}
