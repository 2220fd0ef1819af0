import { parentPort, workerData } from 'node:worker_threads';
import { type BaselineCase, trainBaseline } from '../../domain/baseline/trained-baseline.ts';

/** What is handed to the worker. */
export type TrainingData = { dev: readonly BaselineCase[]; holdout: readonly BaselineCase[] };

const { dev, holdout }: TrainingData = workerData;
const started = performance.now();
const training = trainBaseline(dev, holdout);
parentPort?.postMessage({ ...training, trainingMs: performance.now() - started });
