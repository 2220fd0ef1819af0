import type { RunId } from '../../domain/ids.ts';
import type { RateSummary, Run } from '../../domain/run.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import type { Scoring, ScoringJob } from '../../domain/scoring.ts';
import type { ScoringDifference } from '../../storage/scoring-difference.ts';
import type { KeptScoring } from '../../storage/scoring-store.ts';
import type { Workbench } from '../workbench.ts';
import { checkCaseScorers, scorersOfCases } from './case-scorers.ts';
import { freezeScorers } from './freeze-scorers.ts';
import { estimateJudging, type JudgingEstimate, mostJudgingPlanned } from './judging-estimate.ts';
import { checkScorers } from './scorer-tools.ts';
import { aboutRun, storedReplies } from './scoring-runner.ts';

/** A whole scoring of a run with what came of it. */
export type ScoringOverview = Omit<KeptScoring, 'id'> & RateSummary & { asTyped: string[] };
/** The newest later scoring of a run, whole or not. */
export type ScoringProgress = ScoringJob & { asTyped: string[] };

/** The scorings of a run, newest first. */
export async function listScorings({ stores }: Workbench, run: RunId): Promise<ScoringOverview[]> {
  const { id } = await stores.runs.get(run);
  const scorings: ScoringOverview[] = [];
  for (const { id: scoring, ...about } of await stores.scorings.list(id)) {
    const asTyped = about.scorers.map(formatScorerSpec);
    scorings.push({ ...about, asTyped, ...(await stores.scorings.rates(id, scoring)) });
  }
  return scorings;
}

export async function scoringProgress({ stores }: Workbench, run: RunId): Promise<ScoringProgress | null> {
  const job = await stores.scorings.newestJob((await stores.runs.get(run)).id);
  if (job === null) return null;
  const { id: _, ...progress } = job;
  return { ...progress, asTyped: job.scorers.map(formatScorerSpec) };
}

/** What two scorings of a run say of the same outputs. Throws `scoring_missing`. */
export async function compareScorings(
  { stores: { scorings } }: Workbench,
  run: RunId,
  [a, b]: readonly [number, number],
): Promise<ScoringDifference> {
  const [from, to] = [await scorings.get(run, a), await scorings.get(run, b)];
  return scorings.difference(run, from.id, to.id);
}

/** Lets an earlier scoring count again. Throws `scoring_missing` and `scoring_incomplete`. */
export async function countScoring({ stores }: Workbench, run: RunId, number: number): Promise<Run> {
  const scoring = await stores.scorings.get(run, number);
  if (!scoring.counts) await stores.scorings.count(run, scoring);
  return stores.runs.get(run);
}

/** What scoring a run again would ask, before anything is asked. Throws as `ScoringRunner.start`. */
export async function planScoring(
  workbench: Workbench,
  id: RunId,
  given: Scoring,
): Promise<{ outputs: number; judging: JudgingEstimate | null }> {
  const { runs, results } = workbench.stores;
  const run = await runs.get(id);
  checkScorers(given);
  const about = await aboutRun(workbench, run);
  const scorers = await freezeScorers(workbench, about.project, given.scorers);
  const own = await scorersOfCases(workbench, about.setVersion, run.settings.split);
  await checkCaseScorers(workbench, about.project, own, given);
  const total = await results.replyCount(id);
  const replied = await storedReplies(workbench, run);
  const some = (await results.repliesAfter(id, 0, mostJudgingPlanned)).flatMap((stored) => {
    const reply = replied(stored);
    return reply === null ? [] : [{ reply, case: stored.case }];
  });
  return {
    outputs: total,
    judging: await estimateJudging(workbench, { ...given, scorers }, about, { some, total }),
  };
}
