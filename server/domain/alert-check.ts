import type { AlertEvidence, BudgetPeriod, Counted } from './alert.ts';
import { dayMs, hourMs } from './durations.ts';
import type { ReleaseId } from './ids.ts';
import { anytimeInterval } from './statistics/confidence-sequence.ts';

/** `raise`: worse beyond doubt. `clear`: an alert may rest. `stay`: neither, so that a rule does not flicker. */
export type AlertVerdict = 'raise' | 'clear' | 'stay';
export type Checked = { verdict: AlertVerdict; evidence: AlertEvidence };

/** Chance of ever raising a false alert for a release, however often one looks. */
export const falseAlertChance = 0.05;
/** Calls after an alert that must be as good as they should before it rests. */
export const callsToClear = 20;

export type ShareFigures = {
  releaseId: ReleaseId;
  /** All calls since the release came into production, or since the last alert was resolved. */
  whole: Counted;
  /** Those of the present window, and which one since then it is, from 0. */
  window: Counted & { index: number };
  /** Those since the alert was raised, and of which release it was; null where none is. */
  raised: { releaseId: ReleaseId; after: Counted } | null;
};

/**
 * Whether calls pass clearly less often than they should. Half of the chance of a false alert is for all calls since the start, which sees a
 * small change in time; of the other half window i gets 1/((i + 1)(i + 2)), which adds up to it over any number of windows and sees a late
 * change soon. Each is a confidence sequence, so that looking after each call costs nothing more. Where each call, whatever came before, passes with at least the
 * threshold, an alert is ever raised with a chance of at most 5 %: the upper bound grows with what passed, so that better calls raise less.
 */
export function checkShare(threshold: number, { releaseId, whole, window, raised }: ShareFigures): Checked {
  const half = falseAlertChance / 2;
  const candidates = [
    shareEvidence(threshold, releaseId, whole, half),
    shareEvidence(threshold, releaseId, window, half / ((window.index + 1) * (window.index + 2))),
  ];
  const below = candidates.find(({ interval: [, upper] }) => upper < threshold);
  const verdict = below !== undefined ? 'raise' : 'stay';
  const evidence = below ?? shareEvidence(threshold, releaseId, whole, falseAlertChance);
  if (raised === null) return { verdict, evidence };
  const { after } = raised;
  const moved = raised.releaseId !== releaseId;
  const recovered = after.n >= callsToClear && after.passed / after.n >= threshold;
  if (moved || recovered) {
    return { verdict: 'clear', evidence: shareEvidence(threshold, releaseId, moved ? whole : after, falseAlertChance) };
  }
  return { verdict, evidence };
}

const shareEvidence = (threshold: number, releaseId: ReleaseId, { since, passed, n }: Counted, chance: number) => ({
  kind: 'share' as const,
  releaseId,
  threshold,
  since,
  passed,
  n,
  rate: n === 0 ? null : passed / n,
  interval: anytimeInterval(passed, n, chance),
});

/** Since when nothing came; `lastAt` is the last call or release, null where there was never any. */
export function checkSilence(hours: number, lastAt: string | null, now: Date): Checked {
  const silent = lastAt !== null && now.getTime() - Date.parse(lastAt) > hours * hourMs;
  return { verdict: silent ? 'raise' : 'clear', evidence: { kind: 'silence', lastAt, hours } };
}

export type Spent = { costUsd: number; calls: number; priced: number };
/** Share of the budget that the forecast must fall to before an alert rests. */
const clearBelow = 0.9;

/** What the period cost so far, and what it will with the rate of the last day, or for a month of the last 7 days. */
export function checkBudget(
  { maxUsd, period }: { maxUsd: number; period: BudgetPeriod },
  { spent, recent }: { spent: Spent; recent: Pick<Spent, 'costUsd'> },
  now: Date,
): Checked {
  const { start, end } = periodOf(period, now);
  const left = end.getTime() - now.getTime();
  const forecastUsd = spent.costUsd + (recent.costUsd * left) / recentMs(period);
  const verdict =
    spent.costUsd > maxUsd || forecastUsd > maxUsd ? 'raise' : forecastUsd <= clearBelow * maxUsd ? 'clear' : 'stay';
  const { costUsd: spentUsd, calls, priced } = spent;
  const since = start.toISOString();
  return { verdict, evidence: { kind: 'budget', since, spentUsd, forecastUsd, maxUsd, calls, priced } };
}

/** How far back a forecast looks. */
export const recentMs = (period: BudgetPeriod): number => (period === 'day' ? dayMs : 7 * dayMs);

/** The calendar day or month of an instant in UTC. */
export function periodOf(period: BudgetPeriod, now: Date): { start: Date; end: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return period === 'day'
    ? { start: new Date(Date.UTC(year, month, day)), end: new Date(Date.UTC(year, month, day + 1)) }
    : { start: new Date(Date.UTC(year, month)), end: new Date(Date.UTC(year, month + 1)) };
}
