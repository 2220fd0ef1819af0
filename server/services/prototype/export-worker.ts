import { parentPort, workerData } from 'node:worker_threads';
import type { ExportFormat } from '../../domain/export-format.ts';
import { type ExportedFile, exportPrompt } from '../../formats/export-prompt.ts';
import type { ExportedPrompt } from '../../formats/exported-prompt.ts';
import { refusalOf, type Worked } from '../evaluate/in-worker.ts';

/** What is handed to the worker. */
export type ExportTask = { format: ExportFormat; about: ExportedPrompt };

const { format, about }: ExportTask = workerData;
try {
  parentPort?.postMessage({ answer: exportPrompt(format, about) } satisfies Worked<ExportedFile>);
} catch (error) {
  parentPort?.postMessage(refusalOf(error) satisfies Worked<ExportedFile>);
}
