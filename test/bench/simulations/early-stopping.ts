import { seededOrder, seededRandom } from '../../../server/domain/seeded-order.ts';
import type { RepeatOutcome } from '../../../server/domain/statistics/comparison.ts';
import { StoppingWatch } from '../../../server/domain/statistics/early-stopping.ts';
import type { Interval } from '../../../server/domain/statistics/interval.ts';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';
import { printTable } from '../table.ts';
import { mean, percent, Share } from './share.ts';

const target = 0.8;
const rates = [0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
const sizes = [100, 500];
/** As many where it is asked for false alarms as a standard error of .35 % takes. */
const replicationsOf = (rate: number) => (rate === target ? 4_000 : 400);

/** Runs that are watched after every case: how often they stop, how often wrongly, and what they save. */
export function simulateEarlyStopping(): boolean {
  const random = seededRandom(4);
  const cells = sizes.flatMap((n) => rates.map((rate) => ({ n, rate, ...simulate(n, rate, drawnCases(random)) })));
  const sets = sizes.map((n) => ({ n, rate: target, ...simulate(n, target, shuffledSet(random)) }));
  console.log(`\nEarly stopping at the target ${target}, looked at after each case: per cent ± standard error, seed 4`);
  printTable([
    [
      'cases',
      'true rate',
      'replications',
      'met',
      'missed',
      'cases saved',
      'interval covers',
      'or Wilson’s if not stopped',
      'by peeking at Wilson’s',
    ],
    ...[...cells, ...sets].map(({ n, rate, met, missed, saved, covered, shown, peeking }, index) => [
      ...[`${n}`, index < cells.length ? `${rate}` : `${rate} of the set`, `${met.replications}`, `${met}`],
      ...[`${missed}`, percent(mean(saved)), `${covered}`, `${shown}`, `${peeking}`],
    ]),
  ]);
  const alarms = [...cells, ...sets].map(({ rate, met, missed }) =>
    rate < target ? met.value : rate > target ? missed.value : met.value + missed.value,
  );
  const [covers, shows] = [
    Math.min(...cells.map(({ covered }) => covered.value)),
    Math.min(...cells.map(({ shown }) => shown.value)),
  ];
  console.log(
    `most false alarms ${percent(Math.max(...alarms))} (budget ≤ 5); the interval at the end covers ${percent(covers)} at least (budget ≥ 95), ` +
      `with Wilson’s for runs that were not stopped ${percent(shows)} (budget ≥ 93)`,
  );
  return Math.max(...alarms) <= 0.05 && covers >= 0.95 && shows >= 0.93;
}

type Cases = (n: number, rate: number) => RepeatOutcome[];

const drawnCases =
  (random: () => number): Cases =>
  (n, rate) =>
    Array.from({ length: n }, () => (random() < rate ? 'passed' : 'failed'));

/** A set that passes at exactly this rate, in the order that a run takes. */
const shuffledSet =
  (random: () => number): Cases =>
  (n, rate) => {
    const cases = Array.from({ length: n }, (_, index): RepeatOutcome => (index < n * rate ? 'passed' : 'failed'));
    return seededOrder(cases, random() * 2 ** 32);
  };

function simulate(n: number, rate: number, casesOf: Cases) {
  const [met, missed, covered, shown, peeking] = [new Share(), new Share(), new Share(), new Share(), new Share()];
  const saved: number[] = [];
  for (let i = 0; i < replicationsOf(rate); i++) {
    const cases = casesOf(n, rate);
    const watch = new StoppingWatch(target);
    let asked = 0;
    while (asked < n && watch.add(asked, cases[asked] ?? 'error') === 'continue') asked++;
    const { decision, interval, passed } = watch.state;
    met.add(decision === 'met');
    missed.add(decision === 'missed');
    saved.push(decision === 'continue' ? 0 : (n - asked - 1) / n);
    covered.add(contains(interval, rate));
    shown.add(contains(decision === 'continue' ? wilsonInterval(passed, n) : interval, rate));
    peeking.add(peekingTells(cases));
  }
  return { met, missed, covered, shown, peeking, saved };
}

const contains = ([lo, hi]: Interval, rate: number) => lo <= rate && rate <= hi;

/** What would happen without a method for it: whether Wilson's interval leaves the target out after any case from the tenth on. */
function peekingTells(cases: readonly RepeatOutcome[]): boolean {
  let passed = 0;
  return cases.some((outcome, index) => {
    if (outcome === 'passed') passed++;
    const [lo, hi] = wilsonInterval(passed, index + 1);
    return index >= 9 && (lo > target || hi < target);
  });
}
