import type { CaseId, EvalSetVersionId } from '../ids.ts';
import type { Interval } from '../statistics/interval.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import { assignFolds, differentCases, type FoldCase } from './folds.ts';
import { type Prediction, trainClassifier } from './text-classifier.ts';

/** Changes whenever the same cases could be predicted otherwise: what was stored by an older method is trained again. */
export const baselineMethod = 'naive-bayes-1';
const library = 'wink-naive-bayes-text-classifier 2.2.1';
const FOLDS = 10;
const SEED = 'baseline';
/** Of each label, on dev. With fewer some fold would have none to judge by. */
export const fewestCasesOfLabel = FOLDS;

export type BaselineCase = FoldCase & { id: CaseId };
export type CasePrediction = Prediction & { caseId: CaseId; label: string };

/** What the field measured a text classifier by before there were prompts, for one version of a set. */
export type TrainedBaseline = {
  evalSetVersionId: EvalSetVersionId;
  method: string;
  library: string;
  folds: number;
  seed: string;
  /** Labels of dev: one a case, each of them learnt from in all folds but its own. */
  labelsUsed: number;
  /** Each dev case by a model that did not see it, nor a near-duplicate of it. */
  predictions: readonly CasePrediction[];
  /** By one model that learnt all of dev. */
  holdoutPredictions: readonly CasePrediction[];
  trainingMs: number;
  createdAt: string;
};
export type Training = Pick<
  TrainedBaseline,
  'method' | 'library' | 'folds' | 'seed' | 'labelsUsed' | 'predictions' | 'holdoutPredictions'
>;

export type BaselineObstacle =
  | { code: 'baseline_without_labels'; message: string; details: Record<string, never> }
  | { code: 'baseline_label_too_rare'; message: string; details: { label: string; count: number; needed: number } };

/** Why no classifier can be trained on these dev cases; null where one can. `labels`: what the set's expected values look like, none where they are no labels. */
export function baselineObstacle(dev: readonly FoldCase[], labels: readonly string[]): BaselineObstacle | null {
  if (labels.length < 2) {
    return {
      code: 'baseline_without_labels',
      message: 'What this set expects are no labels: a classifier needs at least two, each on several dev cases.',
      details: {},
    };
  }
  const counts = differentCases(dev);
  const [rarest] = labels
    .map((label) => ({ label, count: counts.get(label) ?? 0 }))
    .sort((a, b) => a.count - b.count || (a.label < b.label ? -1 : 1));
  if (rarest === undefined || rarest.count >= fewestCasesOfLabel) return null;
  return {
    code: 'baseline_label_too_rare',
    message: `Different dev cases of the label "${rarest.label}": ${rarest.count}. A classifier needs ${fewestCasesOfLabel} of each. Label more, or leave that label out.`,
    details: { ...rarest, needed: fewestCasesOfLabel },
  };
}

/** Trains a model a fold on the other folds, and one on all of dev for holdout. The order of the cases does not matter. */
export function trainBaseline(dev: readonly BaselineCase[], holdout: readonly BaselineCase[]): Training {
  const foldOf = assignFolds(dev, { folds: FOLDS, seed: SEED });
  const predictions = new Map<CaseId, CasePrediction>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const predict = trainClassifier(dev.filter((_, index) => foldOf[index] !== fold));
    for (const item of dev.filter((_, index) => foldOf[index] === fold))
      predictions.set(item.id, predictionOf(item, predict));
  }
  const predict = trainClassifier(dev);
  return {
    method: baselineMethod,
    library,
    folds: FOLDS,
    seed: SEED,
    labelsUsed: dev.length,
    predictions: dev.flatMap(({ id }) => predictions.get(id) ?? []),
    holdoutPredictions: holdout.map((item) => predictionOf(item, predict)),
  };
}

const predictionOf = ({ id, label, text }: BaselineCase, predict: (text: string) => Prediction): CasePrediction => ({
  caseId: id,
  label,
  ...predict(text),
});

/** The share of predictions that are the case's label. Null where there are none. */
export function accuracy(
  predictions: readonly CasePrediction[],
): { n: number; passRate: number; interval: Interval } | null {
  const n = predictions.length;
  if (n === 0) return null;
  const right = predictions.filter(({ predicted, label }) => predicted === label).length;
  return { n, passRate: right / n, interval: wilsonInterval(right, n) };
}
