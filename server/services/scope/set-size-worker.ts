import { parentPort, workerData } from 'node:worker_threads';
import { type Minimum, type PresentSize, presentSize, type SetSize, setSizeFor } from '../../domain/set-size.ts';

/** What is handed to the worker: each minimum with the true rate that is taken for granted, and the holdout cases that there are for it. */
export type SizeQuestion = Minimum & { assumed: number; cases: number | null };
export type SizeAnswer = SetSize & { present: PresentSize | null };

const questions: readonly SizeQuestion[] = workerData;
parentPort?.postMessage(
  questions.map(({ assumed, cases, ...minimum }): SizeAnswer => {
    const size = setSizeFor(minimum, assumed);
    return { ...size, present: cases === null ? null : presentSize(cases, size) };
  }),
);
