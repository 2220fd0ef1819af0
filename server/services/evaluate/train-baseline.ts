import {
  type BaselineCase,
  type BaselineObstacle,
  baselineMethod,
  baselineObstacle,
  type TrainedBaseline,
  type Training,
} from '../../domain/baseline/trained-baseline.ts';
import { labelsFor } from '../../domain/default-scorers.ts';
import { caseLabel, caseText, type EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { Workbench } from '../workbench.ts';
import { inWorker } from './in-worker.ts';
import type { TrainingData } from './train-worker.ts';

type Stores = Pick<Workbench, 'stores'>;
type TrainingOutcome = Training & { trainingMs: number };

/** The classifier of a set version, trained and stored once; or why none can be trained. */
export async function trainBaselineOf(
  { stores }: Stores,
  version: EvalSetVersion,
): Promise<TrainedBaseline | BaselineObstacle> {
  const stored = await stores.trainedBaselines.find(version.id, baselineMethod);
  if (stored !== null) return stored;
  const data = await trainingData({ stores }, version);
  if ('code' in data) return data;
  const training = await inWorker<TrainingOutcome>('train-worker', data);
  return stores.trainedBaselines.add({ evalSetVersionId: version.id, ...training });
}

async function trainingData({ stores }: Stores, version: EvalSetVersion): Promise<TrainingData | BaselineObstacle> {
  const counts = await stores.evalSets.labelCounts(version);
  const ofDev = counts.filter(({ split }) => split === 'dev');
  const labels = labelsFor({ type: 'text' }, ofDev);
  const data: { dev: BaselineCase[]; holdout: BaselineCase[] } = { dev: [], holdout: [] };
  for (const { id, key, variables, expected, split } of await stores.evalSets.cases(version)) {
    const label = caseLabel(expected);
    if (label !== null && labels.includes(label)) data[split].push({ id, key, label, text: caseText(variables) });
  }
  return baselineObstacle(data.dev, labels) ?? data;
}
