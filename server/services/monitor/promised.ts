import type { Project } from '../../domain/project.ts';
import { comparePromise, type KeptPromise, type SideRate, scorerAlone } from '../../domain/promise.ts';
import { rateOfOutcomes, rateSummary } from '../../domain/rate-summary.ts';
import type { Release, RunEvidence } from '../../domain/release.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import type { RepeatOutcome } from '../../domain/statistics/comparison.ts';
import type { Interval } from '../../domain/statistics/interval.ts';
import { wilsonInterval } from '../../domain/statistics/wilson-interval.ts';
import { findPrompt } from '../deploy/find-version.ts';
import type { Workbench } from '../workbench.ts';
import { slicesOfDays } from './monitor.ts';
import { differsOnline } from './online-refusal.ts';

type Stores = Pick<Workbench, 'stores'>;

/** A scorer of the evaluation that is not held against production. `not_scored`: production's calls are not scored with it, or none yet. */
export type NotCompared = {
  scorer: string;
  why: NonNullable<Awaited<ReturnType<typeof differsOnline>>> | 'not_scored';
};
type Evaluation = Pick<RunEvidence, 'runId' | 'evalSet' | 'evalSetVersion' | 'split' | 'rates'> & {
  /** Which look at holdout cases it was; null on dev. */
  look: number | null;
};
type Figure = { promised: number | null; shown: number | null; n: number };

/** What the release in production was approved on, against what its calls of the last days show. */
export type Promised = {
  release: number;
  number: number;
  version: number;
  model: string;
  calls: number;
  /** The run that stands for the evaluation, on holdout where there is one; null where the release was approved without. */
  evaluation: Evaluation | null;
  scorers: KeptPromise[];
  notCompared: NotCompared[];
  /** Of the calls that have any, n, those with a thumbs-up. */
  feedback: { up: number; n: number; rate: number | null; interval: Interval | null };
  costUsdPer1000Calls: Figure;
  latencyP95Ms: Figure;
};

/** Null where `production` points to no release of the prompt. Throws `prompt_missing`. */
export async function promisedAndShown(
  workbench: Stores,
  project: Project,
  promptName: string,
  { days, now }: { days: number; now: Date },
): Promise<Promised | null> {
  const { stores } = workbench;
  const prompt = await findPrompt(workbench, project, promptName);
  const release = await stores.releases.labelled(prompt.id, 'production');
  if (release === null) return null;
  const { since } = slicesOfDays(days, now);
  const evaluation = evaluationOf(release);
  const { calls, up, down, costUsd, priced, latencyP95Ms, timed } = await stores.onlineRates.reported(
    release.id,
    since,
  );
  const n = up + down;
  const shownCost = priced === 0 ? null : (costUsd / priced) * 1000;
  return {
    release: release.id,
    number: release.number,
    version: (await stores.prompts.getVersion(release.promptVersionId)).number,
    model: release.model,
    calls,
    evaluation,
    ...(await comparedScorers(workbench, release, evaluation, since)),
    feedback: { up, n, rate: n === 0 ? null : up / n, interval: n === 0 ? null : wilsonInterval(up, n) },
    costUsdPer1000Calls: { promised: promisedBy(release, 'costUsdPer1000Calls'), shown: shownCost, n: priced },
    latencyP95Ms: { promised: promisedBy(release, 'latencyP95Ms'), shown: latencyP95Ms, n: timed },
  };
}

/** On holdout before dev, where prompts are written by looking at what fails; of several sets the first, the newest. */
function evaluationOf({ evidence: { runs } }: Release): Evaluation | null {
  const run = runs.find(({ split }) => split === 'holdout') ?? runs[0];
  if (run === undefined) return null;
  const { runId, evalSet, evalSetVersion, split, rates, holdout } = run;
  return { runId, evalSet, evalSetVersion, split, rates, look: holdout?.look ?? null };
}

/** The figure that a criterion was held against: the highest of the evidence's runs. */
function promisedBy({ evidence: { runs } }: Release, figure: 'costUsdPer1000Calls' | 'latencyP95Ms'): number | null {
  const measured = runs.flatMap((run) => run[figure] ?? []);
  return measured.length === 0 ? null : Math.max(...measured);
}

async function comparedScorers(
  workbench: Stores,
  release: Release,
  evaluation: Evaluation | null,
  since: string,
): Promise<Pick<Promised, 'scorers' | 'notCompared'>> {
  const { stores } = workbench;
  if (evaluation === null) return { scorers: [], notCompared: [] };
  const run = await stores.runs.get(evaluation.runId);
  const outcomes = await stores.results.metricOutcomes(run.id, evaluation.split, true);
  const notCompared: NotCompared[] = [];
  const rates: Pick<KeptPromise, 'scorer' | 'promised' | 'shown'>[] = [];
  for (const spec of run.scorers) {
    const scorer = scorerAlone(spec);
    const why = await differsOnline(workbench, spec);
    const shown = why === null ? await shownBy(workbench, release, spec, since) : null;
    if (shown === null) notCompared.push({ scorer, why: why ?? 'not_scored' });
    else rates.push({ scorer, promised: promisedRate(outcomes.get(formatScorerSpec(spec))), shown });
  }
  return { scorers: comparePromise(rates, evaluation.look), notCompared };
}

/** What the newest generation with this scorer says of a release; null where none has it, or it judged nothing yet. */
async function shownBy(
  { stores }: Stores,
  { id, projectId, promptId }: Release,
  spec: ScorerSpec,
  since: string,
): Promise<SideRate | null> {
  for (const scoring of await stores.onlineScorings.list(promptId)) {
    const same = scoring.scorers.find((one) => scorerAlone(one) === scorerAlone(spec));
    if (same === undefined) continue;
    const measure = { scoring: scoring.id, scorer: formatScorerSpec(same) };
    const counts = (await stores.onlineRates.byRelease(projectId, since, measure)).find((one) => one.releaseId === id);
    if (counts !== undefined) return rateOfOutcomes(counts);
  }
  return null;
}

function promisedRate(outcomes: ReadonlyMap<string, readonly RepeatOutcome[]> = new Map()): SideRate {
  const count = (repeats: readonly RepeatOutcome[], of: RepeatOutcome) => repeats.filter((one) => one === of).length;
  const { noAnswer: _, ...rates } = rateSummary(
    [...outcomes.values()].map((repeats) => ({
      passed: count(repeats, 'passed'),
      failed: count(repeats, 'failed'),
      noAnswer: 0,
      errors: count(repeats, 'error'),
    })),
  );
  return rates;
}
