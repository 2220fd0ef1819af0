import { checkShare } from '../../../server/domain/alert-check.ts';
import type { ReleaseId } from '../../../server/domain/ids.ts';
import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';
import { printTable } from '../table.ts';
import { mean, percent, Share } from './share.ts';

const thresholds = [0.8, 0.95];
const calls = 5_000;
const windowCalls = 500;
const looksEvery = 50;
const replications = 500;
/** From this call on what changes has changed. */
const change = 2_500;

/** What a call's chance to pass is, of a stream that is watched at a threshold. */
const streams: Readonly<Record<string, (threshold: number, call: number) => number>> = {
  'at the threshold': (threshold) => threshold,
  'better by turns': (threshold, call) => (Math.floor(call / 100) % 2 === 0 ? threshold : (1 + threshold) / 2),
  'later 5 points worse': (threshold, call) => (call < change ? threshold : threshold - 0.05),
  'later 15 points worse': (threshold, call) => (call < change ? threshold : threshold - 0.15),
};
const good = ['at the threshold', 'better by turns'];

/** Rules that are looked at all the time: how often they raise an alert of a release that is as good as it should be, and how soon of one that got worse. */
export function simulateAlerts(): boolean {
  const random = seededRandom(28);
  const cells = Object.entries(streams).flatMap(([name, rateOf]) =>
    thresholds.map((threshold) => ({ name, threshold, ...simulate(threshold, rateOf, random) })),
  );
  console.log(
    `\nAlerts over ${calls} calls in windows of ${windowCalls}, looked at every ${looksEvery}: per cent ± standard error, ${replications} replications, seed 28`,
  );
  printTable([
    ['calls pass', 'threshold', 'alert', 'calls until it, after the change', 'by peeking at Wilson’s'],
    ...cells.map(({ name, threshold, raised, peeking, delays }) => [
      ...[name, `${threshold}`, `${raised}`],
      good.includes(name) ? '–' : `${Math.round(mean(delays))}`,
      `${peeking}`,
    ]),
  ]);
  const most = Math.max(...cells.filter(({ name }) => good.includes(name)).map(({ raised }) => raised.value));
  console.log(`most false alerts ${percent(most)} (budget ≤ 5)`);
  return most <= 0.05;
}

function simulate(threshold: number, rateOf: (threshold: number, call: number) => number, random: () => number) {
  const [raised, peeking] = [new Share(), new Share()];
  const delays: number[] = [];
  for (let i = 0; i < replications; i++) {
    const outcomes = Array.from({ length: calls }, (_, call) => random() < rateOf(threshold, call));
    const { at, peeked } = watch(threshold, outcomes);
    raised.add(at !== null);
    peeking.add(peeked);
    if (at !== null && at > change) delays.push(at - change);
  }
  return { raised, peeking, delays };
}

/** After how many calls the rule raises an alert, or null; and whether Wilson's interval of all calls ever lies below the threshold. */
function watch(threshold: number, outcomes: readonly boolean[]): { at: number | null; peeked: boolean } {
  let [passed, passedBefore, at, peeked]: [number, number, number | null, boolean] = [0, 0, null, false];
  for (const [index, outcome] of outcomes.entries()) {
    const n = index + 1;
    if (outcome) passed++;
    if (n % looksEvery === 0) {
      const before = Math.floor(index / windowCalls) * windowCalls;
      const window = { since: '', passed: passed - passedBefore, n: n - before, index: before / windowCalls };
      const whole = { since: '', passed, n };
      const { verdict } = checkShare(threshold, { releaseId: 1 as ReleaseId, whole, window, raised: null });
      if (verdict === 'raise') at ??= n;
      peeked ||= wilsonInterval(passed, n)[1] < threshold;
    }
    if (n % windowCalls === 0) passedBefore = passed;
  }
  return { at, peeked };
}
