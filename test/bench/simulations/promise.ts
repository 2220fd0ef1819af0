import { comparePromise, promiseMargin } from '../../../server/domain/promise.ts';
import { rateOfOutcomes } from '../../../server/domain/rate-summary.ts';
import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { printTable } from '../table.ts';
import { drawPasses } from './random.ts';
import { crossed, mean, percent, Share } from './share.ts';

const replications = 4_000;
const scorers = ['a', 'b', 'c'];
const cells = crossed(
  [
    { cases: 50, calls: 200 },
    { cases: 100, calls: 1_000 },
    { cases: 400, calls: 2_000 },
  ],
  [{ rate: 0.8 }, { rate: 0.97 }],
);

/**
 * Production against the evaluation by three scorers: how often any is called worse or better where all are as promised, how often a drop of just the margin is called
 * as promised, and how often Newcombe's interval holds the true difference.
 */
export function simulatePromise(): boolean {
  const random = seededRandom(11);
  const rows = cells.map((cell) => ({ ...cell, ...simulate(random, cell) }));
  console.log(
    `\nPromised and shown by ${scorers.length} scorers, in % ± standard error, ${replications} replications, seed 11`,
  );
  printTable([
    ['cases', 'calls', 'rate', 'any false verdict', 'drop of 5 points "as promised"', 'interval covers'],
    ...rows.map(({ cases, calls, rate, wrong, overlooked, covered }) => [
      ...[`${cases}`, `${calls}`, `${rate}`],
      ...[`${wrong}`, `${overlooked}`, `${covered}`],
    ]),
  ]);
  const most = Math.max(...rows.map(({ wrong }) => wrong.value));
  const mostOverlooked = Math.max(...rows.map(({ overlooked }) => overlooked.value));
  const coverage = mean(rows.map(({ covered }) => covered.value));
  console.log(
    `most false ${percent(most)} (budget ≤ 5), most overlooked ${percent(mostOverlooked)} (≤ 5), mean coverage ${percent(coverage)} (≥ 94)`,
  );
  return most <= 0.05 && mostOverlooked <= 0.05 && coverage >= 0.94;
}

function simulate(random: () => number, { cases, calls, rate }: (typeof cells)[number]) {
  const [wrong, overlooked, covered] = [new Share(), new Share(), new Share()];
  const draw = (n: number, share: number) => {
    const passed = drawPasses(random, n, share);
    return rateOfOutcomes({ passed, failed: n - passed, noAnswer: 0, errors: 0 });
  };
  for (let i = 0; i < replications; i++) {
    const kept = comparePromise(
      scorers.map((scorer) => ({ scorer, promised: draw(cases, rate), shown: draw(calls, rate) })),
      null,
    );
    wrong.add(kept.some(({ verdict }) => verdict === 'worse' || verdict === 'better'));
    covered.add(kept[0] !== undefined && kept[0].interval[0] <= 0 && kept[0].interval[1] >= 0);
    const dropped = { scorer: 'a', promised: draw(cases, rate), shown: draw(calls, rate - promiseMargin) };
    overlooked.add(comparePromise([dropped], null)[0]?.verdict === 'as_promised');
  }
  return { wrong, overlooked, covered };
}
