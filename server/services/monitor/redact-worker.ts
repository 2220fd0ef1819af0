import { parentPort, workerData } from 'node:worker_threads';
import { WhetstoneError } from '../../domain/errors.ts';
import { openDatabase } from '../../storage/database.ts';
import { createStores } from '../../storage/stores.ts';
import { wipeFreed, wipeWhatGoes } from '../../storage/wipe.ts';
import { redactStored } from './redact-stored.ts';
import type { RedactAnswer, RedactTask } from './stored-redactions.ts';

async function work({ dataDirectory, project, author }: RedactTask): Promise<RedactAnswer> {
  const { database } = await openDatabase(dataDirectory);
  const progress = (step: object) => parentPort?.postMessage({ progress: step });
  try {
    await wipeWhatGoes(database);
    const rewritten = await redactStored(createStores(database), project, { author, progress });
    progress({ phase: 'file', done: 0, total: 1 });
    await wipeFreed(database);
    return { answer: rewritten };
  } finally {
    await database.destroy();
  }
}

try {
  parentPort?.postMessage(await work(workerData));
} catch (error) {
  if (!(error instanceof WhetstoneError)) throw error;
  parentPort?.postMessage({ failed: { code: error.code, reason: error.message } } satisfies RedactAnswer);
}
