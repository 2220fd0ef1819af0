import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WhetstoneError } from '../../domain/errors.ts';
import { assignSplits } from '../../domain/split.ts';
import { readCaseFile } from '../../formats/cases-from-rows.ts';
import { readFileRows } from '../../formats/rows.ts';
import type { ImportAnswer, ImportTask } from './import-task.ts';
import { previewImport } from './preview-import.ts';

async function work(task: ImportTask): Promise<ImportAnswer> {
  if (task.type === 'split') return { answer: assignSplits(task.cases, task.options) };
  const bytes = await readFile(task.path);
  if (task.type === 'cases') return { answer: await readCaseFile(task.fileName, bytes, task.options) };
  const read = await readFileRows(task.fileName, bytes, task.options);
  return { answer: previewImport(read, task.options.roles) };
}

try {
  parentPort?.postMessage(await work(workerData));
} catch (error) {
  if (!(error instanceof WhetstoneError)) throw error;
  const { kind, code, message, details } = error;
  parentPort?.postMessage({ refused: { kind, code, message, details } } satisfies ImportAnswer);
}
