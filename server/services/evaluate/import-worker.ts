import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { assignSplits } from '../../domain/split.ts';
import { readFileRows } from '../../formats/rows.ts';
import { openDatabase } from '../../storage/database.ts';
import { createStores } from '../../storage/stores.ts';
import { importFileHere } from './import-set.ts';
import type { ImportAnswer, ImportTask } from './import-task.ts';
import { refusalOf } from './in-worker.ts';
import { previewImport } from './preview-import.ts';

async function work(task: ImportTask): Promise<ImportAnswer> {
  if (task.type === 'split') return { answer: assignSplits(task.cases, task.options) };
  if (task.type === 'import') return { answer: await store(task) };
  const read = await readFileRows(task.fileName, await readFile(task.path), task.options);
  return { answer: await previewImport(read, task.options.roles) };
}

/** Writes through a connection of the thread's own: cases of a large file that went to another thread would stop it while they are copied. */
async function store({ dataDirectory, project, path, fileName, options }: ImportTask & { type: 'import' }) {
  const { database } = await openDatabase(dataDirectory);
  try {
    return await importFileHere({ stores: createStores(database) }, project, { path, fileName }, options);
  } finally {
    await database.destroy();
  }
}

try {
  parentPort?.postMessage(await work(workerData));
} catch (error) {
  parentPort?.postMessage(refusalOf(error) satisfies ImportAnswer);
}
