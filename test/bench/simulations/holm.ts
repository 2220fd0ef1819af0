import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { verdictOf } from '../../../server/domain/statistics/comparison.ts';
import { holmCorrected } from '../../../server/domain/statistics/holm.ts';
import { mcnemarExact } from '../../../server/domain/statistics/mcnemar-test.ts';
import { printTable } from '../table.ts';
import { percent, Share } from './share.ts';

const families = [
  { runs: 2, better: 0 },
  { runs: 5, better: 0 },
  { runs: 10, better: 0 },
  { runs: 10, better: 3 },
];
const replications = 3_000;
const n = 200;
const rate = 0.7;
const lift = 0.12;

/** Several runs against one baseline: how often any that is no better or worse is called so. */
export function simulateHolm(): boolean {
  const random = seededRandom(3);
  const cells = families.map((family) => ({ ...family, ...simulate(random, family) }));
  console.log(
    `\nSeveral runs against one: any false finding, in % ± standard error, ${replications} replications, seed 3`,
  );
  printTable([
    ['runs', 'of them truly better', 'uncorrected', 'Holm'],
    ...cells.map(({ runs, better, raw, corrected }) => [`${runs}`, `${better}`, `${raw}`, `${corrected}`]),
  ]);
  const most = Math.max(...cells.map(({ corrected }) => corrected.value));
  console.log(`most with Holm ${percent(most)} (budget ≤ 5)`);
  return most <= 0.05;
}

function simulate(random: () => number, { runs, better }: { runs: number; better: number }) {
  const [raw, corrected] = [new Share(), new Share()];
  for (let i = 0; i < replications; i++) {
    const baseline = Array.from({ length: n }, () => random() < rate);
    const pairs = Array.from({ length: runs }, (_, run) => flips(random, baseline, run < better ? rate + lift : rate));
    const pValues = pairs.map(({ broken, fixed }) => mcnemarExact(broken, fixed));
    const anyFalse = (values: readonly number[]) =>
      pairs.some((pair, run) => run >= better && verdictOf(values[run] ?? 1, pair) !== "can't tell");
    raw.add(anyFalse(pValues));
    corrected.add(anyFalse(holmCorrected(pValues)));
  }
  return { raw, corrected };
}

/** Half of the cases are answered as the baseline did, the others anew. */
function flips(random: () => number, baseline: readonly boolean[], newRate: number) {
  const counts = { broken: 0, fixed: 0 };
  for (const before of baseline) {
    if (random() < 0.5) continue;
    const after = random() < newRate;
    if (before && !after) counts.broken++;
    else if (!before && after) counts.fixed++;
  }
  return counts;
}
