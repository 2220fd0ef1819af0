import { parentPort, workerData } from 'node:worker_threads';
import { type FailureTraits, proposeGroups } from '../../domain/failure-proposals.ts';

const failures: readonly FailureTraits[] = workerData;
parentPort?.postMessage(proposeGroups(failures));
