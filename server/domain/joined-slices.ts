import type { ReleaseId } from './ids.ts';
import type { OutcomeCounts } from './rate-summary.ts';

/** Outcomes of one release from one instant up to, without, another, in ms. */
export type Stretch = OutcomeCounts & { releaseId: ReleaseId | null; from: number; to: number };

/**
 * Neighbouring slices of each release, joined until a stretch holds `least` judged outcomes: a rate over a handful says nothing. The newest stretch may
 * hold fewer, and shows it by its interval; where it holds none, its errors go with the one before. Slices are given oldest first; so are stretches.
 */
export function joinSlices(slices: readonly Stretch[], least: number): Stretch[] {
  return [...Map.groupBy(slices, ({ releaseId }) => releaseId).values()]
    .flatMap((ofRelease) => joined(ofRelease, least))
    .sort((a, b) => a.from - b.from || (a.releaseId ?? 0) - (b.releaseId ?? 0));
}

function joined(slices: readonly Stretch[], least: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const slice of slices) {
    const last = stretches.at(-1);
    if (last === undefined || judged(last) >= least) stretches.push(slice);
    else stretches.splice(-1, 1, together(last, slice));
  }
  const [before, newest] = stretches.slice(-2);
  if (before !== undefined && newest !== undefined && judged(newest) === 0) {
    stretches.splice(-2, 2, together(before, newest));
  }
  return stretches;
}

const judged = ({ passed, failed }: OutcomeCounts): number => passed + failed;

const together = (a: Stretch, b: Stretch): Stretch => ({
  releaseId: a.releaseId,
  from: a.from,
  to: b.to,
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  noAnswer: a.noAnswer + b.noAnswer,
  errors: a.errors + b.errors,
});
