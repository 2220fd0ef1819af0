import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { correctedRate } from '../../../server/domain/statistics/corrected-rate.ts';
import { printTable } from '../table.ts';
import { drawPasses } from './random.ts';
import { crossed, mean, percent, Share } from './share.ts';

const judges = [
  { sensitivity: 0.7, specificity: 0.7 },
  { sensitivity: 0.9, specificity: 0.5 },
  { sensitivity: 0.8, specificity: 0.7 },
  { sensitivity: 0.93, specificity: 0.7 },
  { sensitivity: 0.95, specificity: 0.9 },
];
const sizes = crossed([{ calibrated: 50 }, { calibrated: 100 }, { calibrated: 300 }], [{ n: 100 }, { n: 500 }]);
const rates = [0.5, 0.6, 0.7, 0.8, 0.9];
const replications = 4_000;

/** How often the interval of a corrected rate contains the true one, where people labelled a random sample. */
export function simulateCorrectedRate(): boolean {
  const random = seededRandom(5);
  const cells = crossed(judges, sizes).map((plan) => {
    const shares = rates.map((rate) => simulate(random, { ...plan, rate }));
    return { ...plan, shares, coverage: mean(shares.map(({ covered }) => covered.value)) };
  });
  console.log(
    `\nThe judge’s rate corrected: coverage in % by the true rate, up to ${replications} replications a cell (standard error .2–.4), seed 5`,
  );
  printTable([
    ['TPR', 'TNR', 'calibrated', 'judged', ...rates.map((rate) => `at ${rate}`), 'mean', 'not correctable'],
    ...cells.map(({ sensitivity, specificity, calibrated, n, shares, coverage }) => [
      ...[`${sensitivity}`, `${specificity}`, `${calibrated}`, `${n}`],
      ...[...shares.map(({ covered }) => percent(covered.value)), percent(coverage)],
      percent(mean(shares.map(({ refused }) => refused.value))),
    ]),
  ]);
  const all = cells.flatMap(({ shares }) => shares.map(({ covered }) => covered));
  const values = all.map(({ value }) => value);
  const outside = all.filter(({ value, error }) => value + 3 * error < 0.92 || value - 3 * error > 0.98);
  console.log(
    `from ${percent(Math.min(...values))} to ${percent(Math.max(...values))}, on average ${percent(mean(values))} (budget 92–98); ${outside.length} of ${all.length} cells outside by more than 3 standard errors`,
  );
  return outside.length === 0 && mean(values) >= 0.92 && mean(values) <= 0.98;
}

type Plan = { sensitivity: number; specificity: number; calibrated: number; n: number; rate: number };

function simulate(random: () => number, { sensitivity, specificity, calibrated, n, rate }: Plan) {
  const [covered, refused] = [new Share(), new Share()];
  for (let i = 0; i < replications; i++) {
    const humanPasses = drawPasses(random, calibrated, rate);
    const bothPass = drawPasses(random, humanPasses, sensitivity);
    const bothFail = drawPasses(random, calibrated - humanPasses, specificity);
    const passed = drawPasses(random, n, rate * sensitivity + (1 - rate) * (1 - specificity));
    const corrected = correctedRate(
      { passed, n },
      { bothPass, humanOnly: humanPasses - bothPass, bothFail, judgeOnly: calibrated - humanPasses - bothFail },
    );
    refused.add(!corrected.correctable);
    if (corrected.correctable) covered.add(corrected.interval[0] <= rate && rate <= corrected.interval[1]);
  }
  return { covered, refused };
}
