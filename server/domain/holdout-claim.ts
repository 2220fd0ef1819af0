import type { RunSettings, RunSummary, SplitChoice } from './run.ts';
import { costOfLook, holdoutInterval } from './statistics/holdout-look.ts';
import type { Interval } from './statistics/interval.ts';

/** A run's look at the holdout cases: which one it was for its prompt, and with what confidence it may claim which interval. */
export type HoldoutLook = {
  look: number;
  confidence: number;
  /** Null where the rate's interval is not Wilson's: with repeats, or where the run may end early. */
  interval: Interval | null;
};

/** What a run may claim of the holdout cases at this look; null where it asked none. */
export function holdoutLook(
  look: number | undefined,
  { bySplit }: Pick<RunSummary, 'bySplit'>,
  { repeats, stopAtRate }: Pick<RunSettings, 'repeats' | 'stopAtRate'>,
): HoldoutLook | null {
  const { holdout } = bySplit;
  if (look === undefined || holdout === undefined) return null;
  if (holdout.n === 0 || repeats > 1 || stopAtRate !== null)
    return { look, confidence: 1 - 0.05 / costOfLook(look), interval: null };
  return { look, ...holdoutInterval({ passed: holdout.passed, n: holdout.n, look }) };
}

/** A run as its comparisons look at it: what it asked, and which look at the holdout cases it was. */
type LookingRun = { split: SplitChoice; look: number | undefined };

/**
 * Which look a comparison of two runs belongs to, the later of theirs: whoever compares has seen both. Null where dev cases are compared too, which
 * are there to be looked at, and where no look was counted.
 */
export function lookOfComparison(pair: readonly [LookingRun, LookingRun], split: SplitChoice): number | null {
  const onHoldout = split === 'holdout' || (split === 'all' && pair.some((run) => run.split === 'holdout'));
  const looks = pair.flatMap(({ look }) => look ?? []);
  return onHoldout && looks.length > 0 ? Math.max(...looks) : null;
}
