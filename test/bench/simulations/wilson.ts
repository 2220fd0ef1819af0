import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { logGamma } from '../../../server/domain/statistics/log-gamma.ts';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';
import { printTable } from '../table.ts';
import { drawPasses } from './random.ts';
import { mean, percent, Share } from './share.ts';

const sizes = [20, 50, 100, 200, 500, 1_000, 2_000];
const rates = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
const replications = 4_000;

/** How often Wilson's interval contains the true rate: drawn case by case, and summed over all counts. */
export function simulateWilson(): boolean {
  const random = seededRandom(1);
  const exactOf: number[] = [];
  const simulatedOf: number[] = [];
  const far: number[] = [];
  const rows = sizes.map((n) => {
    const cells = rates.map((rate) => {
      const exact = exactCoverage(n, rate);
      const simulated = new Share();
      for (let i = 0; i < replications; i++) simulated.add(covers(drawPasses(random, n, rate), n, rate));
      far.push(Math.abs(simulated.value - exact) / Math.sqrt((exact * (1 - exact)) / replications));
      return { exact, simulated: simulated.value };
    });
    exactOf.push(...cells.map(({ exact }) => exact));
    simulatedOf.push(...cells.map(({ simulated }) => simulated));
    return [`${n}`, ...cells.map(({ exact, simulated }) => `${percent(simulated)} (${percent(exact)})`)];
  });
  const [simulated, exact, furthest] = [mean(simulatedOf), mean(exactOf), Math.max(...far)];
  const cells = sizes.length * rates.length;
  console.log(
    `\nWilson’s interval: coverage in %, simulated (exact); ${cells} cells of ${replications} replications, seed 1`,
  );
  printTable([['n', ...rates.map((rate) => `p = ${rate}`)], ...rows]);
  console.log(
    `mean ${percent(simulated)} simulated, ${percent(exact)} exact (budget 94–96); furthest apart ${furthest.toFixed(1)} standard errors (budget ≤ 4)`,
  );
  return [simulated, exact].every((coverage) => coverage >= 0.94 && coverage <= 0.96) && furthest <= 4;
}

function exactCoverage(n: number, rate: number): number {
  let coverage = 0;
  for (let passed = 0; passed <= n; passed++) {
    if (!covers(passed, n, rate)) continue;
    const logWays = logGamma(n + 1) - logGamma(passed + 1) - logGamma(n - passed + 1);
    coverage += Math.exp(logWays + passed * Math.log(rate) + (n - passed) * Math.log(1 - rate));
  }
  return coverage;
}

function covers(passed: number, n: number, rate: number): boolean {
  const [lo, hi] = wilsonInterval(passed, n);
  return lo <= rate && rate <= hi;
}
