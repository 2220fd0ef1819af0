import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { judgeAgreement } from '../../../server/domain/statistics/judge-agreement.ts';
import { printTable } from '../table.ts';
import { drawPasses } from './random.ts';
import { crossed, percent, Share } from './share.ts';

const judges = crossed(
  [
    { sensitivity: 0.7, specificity: 0.7 },
    { sensitivity: 0.9, specificity: 0.5 },
    { sensitivity: 0.93, specificity: 0.7 },
    { sensitivity: 0.95, specificity: 0.9 },
    { sensitivity: 0.99, specificity: 0.99 },
  ],
  [{ rate: 0.5 }, { rate: 0.8 }, { rate: 0.9 }],
);
const sizes = [50, 100, 300];
const replications = 3_000;

/** How often the interval of κ, which is no textbook's, contains the κ of all cases. */
export function simulateJudgeAgreement(): boolean {
  const random = seededRandom(7);
  const cells = judges.map((judge) => ({ ...judge, shares: sizes.map((n) => simulate(random, judge, n)) }));
  console.log(
    `\nCohen’s κ of a judge: coverage of its interval in % ± standard error, ${replications} replications, seed 7`,
  );
  printTable([
    ['TPR', 'TNR', 'true rate', 'κ', ...sizes.map((n) => `${n} labelled`)],
    ...cells.map(({ shares, ...judge }) => [
      ...[`${judge.sensitivity}`, `${judge.specificity}`, `${judge.rate}`, kappaOf(judge).toFixed(3)],
      ...shares.map(String),
    ]),
  ]);
  const least = Math.min(...cells.flatMap(({ shares }) => shares.map(({ value }) => value)));
  console.log(`at least ${percent(least)} (budget ≥ 90)`);
  return least >= 0.9;
}

type Judge = (typeof judges)[number];

function kappaOf({ sensitivity, specificity, rate }: Judge): number {
  const agreement = rate * sensitivity + (1 - rate) * specificity;
  const judged = rate * sensitivity + (1 - rate) * (1 - specificity);
  const chance = judged * rate + (1 - judged) * (1 - rate);
  return (agreement - chance) / (1 - chance);
}

function simulate(random: () => number, judge: Judge, n: number): Share {
  const covered = new Share();
  const kappa = kappaOf(judge);
  for (let i = 0; i < replications; i++) {
    const passes = drawPasses(random, n, judge.rate);
    const bothPass = drawPasses(random, passes, judge.sensitivity);
    const bothFail = drawPasses(random, n - passes, judge.specificity);
    const found = judgeAgreement({
      bothPass,
      humanOnly: passes - bothPass,
      bothFail,
      judgeOnly: n - passes - bothFail,
    });
    if (found.kappa !== null) covered.add(found.kappa.interval[0] <= kappa && kappa <= found.kappa.interval[1]);
  }
  return covered;
}
