import { parentPort, workerData } from 'node:worker_threads';
import { nearDuplicateGroups } from '../../domain/near-duplicates.ts';

const texts: readonly string[] = workerData;
parentPort?.postMessage(nearDuplicateGroups(texts));
