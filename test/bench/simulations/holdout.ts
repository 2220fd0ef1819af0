import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { holdoutInterval } from '../../../server/domain/statistics/holdout-look.ts';
import { printTable } from '../table.ts';
import { percent, Share } from './share.ts';

const target = 0.8;
const sizes = [50, 200, 1_000];
const looks = [1, 3, 10];
const replications = 3_000;

/** Versions no better than the target are tried on the same holdout until one is called met: how often that happens. */
export function simulateHoldout(): boolean {
  const random = seededRandom(6);
  const cells = sizes.flatMap((n) => looks.map((most) => ({ n, most, ...simulate(random, n, most) })));
  console.log(
    `\nHoldout looked at again and again: a target called met at its very rate, in % ± standard error, ${replications} replications, seed 6`,
  );
  printTable([
    ['cases', 'looks', 'at the same 95 % each time', 'as each look costs'],
    ...cells.map(({ n, most, plain, costed }) => [`${n}`, `${most}`, `${plain}`, `${costed}`]),
  ]);
  const alarms = Math.max(...cells.map(({ costed }) => costed.value));
  console.log(`most ${percent(alarms)} (budget ≤ 5)`);
  return alarms <= 0.05;
}

function simulate(random: () => number, n: number, most: number) {
  const [plain, costed] = [new Share(), new Share()];
  for (let i = 0; i < replications; i++) {
    const cases = Array.from({ length: n }, () => random() < target);
    let [plainMet, costedMet] = [false, false];
    for (let look = 1; look <= most; look++) {
      const passed = cases.filter(Boolean).length;
      plainMet ||= holdoutInterval({ passed, n, look: 1 }).interval[0] > target;
      costedMet ||= holdoutInterval({ passed, n, look }).interval[0] > target;
      // The next version answers a third of the cases anew.
      cases.forEach((_, index) => {
        if (random() < 1 / 3) cases[index] = random() < target;
      });
    }
    plain.add(plainMet);
    costed.add(costedMet);
  }
  return { plain, costed };
}
