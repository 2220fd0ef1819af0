import { accuracy, baselineMethod, type TrainedBaseline } from '../../domain/baseline/trained-baseline.ts';
import { invalid } from '../../domain/errors.ts';
import type { EvalSet, EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { exampleCount } from '../../domain/prompt.ts';
import type { RateSummary } from '../../domain/run.ts';
import { type Comparison, compareRuns, type RepeatOutcome } from '../../domain/statistics/comparison.ts';
import type { Interval } from '../../domain/statistics/interval.ts';
import type { Workbench } from '../workbench.ts';
import { findSet } from './list-sets.ts';
import { listRuns, type RunOverview } from './run-overview.ts';
import { trainBaselineOf } from './train-baseline.ts';

export type Reason = { code: string; message: string; details: JsonObject };
type Rate = { n: number; passRate: number; interval: Interval };
export type BaselineView = Pick<
  TrainedBaseline,
  'method' | 'library' | 'folds' | 'labelsUsed' | 'trainingMs' | 'createdAt'
> & {
  dev: Rate;
  /** By one model that learnt all of dev; null where there is no holdout. */
  holdout: Rate | null;
};
export type BaselineReport = {
  set: string | null;
  setVersion: number;
  baseline: BaselineView | null;
  /** Why there is none. */
  reason: Reason | null;
  /** The best prompt version on the same dev cases, by its newest run. */
  prompt: PromptSide | null;
  /** The classifier is what the prompt is compared against. */
  comparison: Omit<Comparison<CaseId>, 'cases'> | null;
};
export type PromptSide = Pick<
  RunOverview,
  'prompt' | 'version' | 'model' | 'standIn' | 'wallMs' | 'done' | 'cached'
> & {
  run: number;
  dev: Rate;
  holdout: Rate | null;
  /** Labelled examples in its messages: pairs of a user's and an assistant's. */
  examples: number;
  /** Null where no call was made, or one has no known price. */
  costUsdPer1000Calls: number | null;
};

/** Above so many dev cases training waits until it is asked for. */
const MOST_CASES_UNASKED = 2_000;

/**
 * What a classifier that learnt the dev labels reaches, beside the best prompt: of the set that is named, else of the one that was run last. Small sets
 * are trained on at once, large ones where `train` asks for it. Throws `eval_set_missing`, with `train` also what makes training impossible.
 */
export async function baselineReport(
  workbench: Workbench,
  project: Project,
  { set: name, train = false }: { set?: string; train?: boolean },
): Promise<BaselineReport> {
  const runs = (await listRuns(workbench, project)).filter(({ status }) => status === 'completed');
  const set = name === undefined ? await setInUse(workbench, project, runs) : await findSet(workbench, project, name);
  const version = set && (await workbench.stores.evalSets.version(set.id, null));
  if (!set || !version) {
    const reason = { code: 'baseline_without_cases', message: 'There are no labelled cases yet.', details: {} };
    return { set: set?.slug ?? null, setVersion: 0, baseline: null, reason, prompt: null, comparison: null };
  }
  const about = { set: set.slug, setVersion: version.number };
  const found = await baselineOf(workbench, version, train);
  const run = bestRun(runs, about);
  const prompt = run && (await promptSide(workbench, project, run, runs));
  if ('code' in found) {
    if (train) throw invalid(found.code, found.message, { details: found.details });
    return { ...about, baseline: null, reason: found, prompt, comparison: null };
  }
  const comparison = run && (await compareWith(workbench, found, run));
  return { ...about, baseline: baselineView(found), reason: null, prompt, comparison };
}

/** For the chart: what is stored for these set versions, without training. */
export async function storedBaseline(workbench: Workbench, version: EvalSetVersion): Promise<BaselineView | null> {
  const stored = await workbench.stores.trainedBaselines.find(version.id, baselineMethod);
  return stored && baselineView(stored);
}

/** The classifier of a set version: stored, trained where the set is small or `train` asks for it, or why there is none. */
export async function baselineOf(
  workbench: Workbench,
  version: EvalSetVersion,
  train: boolean,
): Promise<TrainedBaseline | Reason> {
  const stored = await workbench.stores.trainedBaselines.find(version.id, baselineMethod);
  if (stored !== null) return stored;
  if (train || version.caseCount <= MOST_CASES_UNASKED) return trainBaselineOf(workbench, version);
  return {
    code: 'baseline_not_trained',
    message: `A set of ${version.caseCount} cases is trained on when that is asked for.`,
    details: { cases: version.caseCount },
  };
}

function baselineView(baseline: TrainedBaseline): BaselineView {
  const { method, library, folds, labelsUsed, trainingMs, createdAt } = baseline;
  const dev = accuracy(baseline.predictions);
  if (dev === null) throw new Error('A classifier is only trained where there are dev cases.');
  return {
    method,
    library,
    folds,
    labelsUsed,
    trainingMs,
    createdAt,
    dev,
    holdout: accuracy(baseline.holdoutPredictions),
  };
}

/** The set of the newest completed run, else the one that was made last. */
async function setInUse(
  { stores }: Workbench,
  project: Project,
  runs: readonly RunOverview[],
): Promise<EvalSet | null> {
  const [newest] = runs;
  if (newest !== undefined) return stores.evalSets.find(project.id, newest.set);
  return (await stores.evalSets.list(project.id)).at(-1) ?? null;
}

/** The newest run of the version and model with the best rate on dev; a language model's where there is one. Runs come newest first. */
function bestRun(runs: readonly RunOverview[], about: { set: string; setVersion: number }): RunOverview | null {
  const judged = runs.filter((run) => isOn(run, about) && rateOf(run.bySplit.dev) !== null);
  const answered = judged.some(({ standIn }) => !standIn) ? judged.filter(({ standIn }) => !standIn) : judged;
  const rate = (run: RunOverview) => run.bySplit.dev?.passRate ?? 0;
  const newest = answered.filter((run, index) => answered.findIndex((other) => isSameWork(run, other)) === index);
  return newest.reduce<RunOverview | null>((best, run) => (best === null || rate(run) > rate(best) ? run : best), null);
}

const isOn = (run: RunOverview, about: { set: string; setVersion: number }): boolean =>
  run.set === about.set && run.setVersion === about.setVersion;

const isSameWork = (a: RunOverview, b: RunOverview): boolean =>
  a.prompt === b.prompt && a.version === b.version && a.model === b.model;

const rateOf = (rates: RateSummary | undefined): Rate | null =>
  rates === undefined || rates.passRate === null || rates.interval === null
    ? null
    : { n: rates.n, passRate: rates.passRate, interval: rates.interval };

async function promptSide(
  { stores }: Workbench,
  project: Project,
  run: RunOverview,
  runs: readonly RunOverview[],
): Promise<PromptSide | null> {
  const dev = rateOf(run.bySplit.dev);
  const prompt = await stores.prompts.find(project.id, run.prompt);
  const version = prompt && (await stores.prompts.version(prompt.id, run.version));
  if (dev === null || !version) return null;
  const held = runs.find(
    (other) => isOn(other, run) && isSameWork(other, run) && rateOf(other.bySplit.holdout) !== null,
  );
  const { wallMs, done, cached, model, standIn } = run;
  const asked = done - cached;
  return {
    run: run.id,
    prompt: run.prompt,
    version: run.version,
    model,
    standIn,
    wallMs,
    done,
    cached,
    dev,
    holdout: rateOf(held?.bySplit.holdout),
    examples: exampleCount(version.content),
    costUsdPer1000Calls: run.costUsd === null || asked === 0 ? null : (run.costUsd / asked) * 1000,
  };
}

async function compareWith(
  { stores }: Workbench,
  baseline: TrainedBaseline,
  run: RunOverview,
): Promise<BaselineReport['comparison']> {
  const outcome = (right: boolean): RepeatOutcome => (right ? 'passed' : 'failed');
  const classifier = new Map(
    baseline.predictions.map(({ caseId, predicted, label }) => [caseId, [outcome(predicted === label)]]),
  );
  const prompt = new Map<CaseId, RepeatOutcome[]>();
  for (const { result, judgement } of await stores.results.page(run.id, { split: 'dev' })) {
    const repeats = prompt.get(result.caseId) ?? [];
    repeats.push(judgement === null ? 'error' : outcome(judgement.outcome === 'passed'));
    prompt.set(result.caseId, repeats);
  }
  const { cases: _, ...comparison } = compareRuns({ baseline: classifier, candidate: prompt });
  return comparison;
}
