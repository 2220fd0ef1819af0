import { conflict } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import { type Run, resumableStatuses } from '../../domain/run.ts';
import type { Workbench } from '../workbench.ts';

/** Pauses a run after the calls under way, wherever it executes. */
export const pauseRun = (workbench: Workbench, id: RunId): Promise<Run> => stopRun(workbench, id, 'pause');

/** Cancels a run and the calls under way, wherever it executes. */
export const cancelRun = (workbench: Workbench, id: RunId): Promise<Run> => stopRun(workbench, id, 'cancel');

async function stopRun(workbench: Workbench, id: RunId, request: 'pause' | 'cancel'): Promise<Run> {
  const run = await workbench.stores.runs.get(id);
  if (run.status === 'completed' || run.status === 'failed')
    throw conflict('run_ended', `Run ${id} has ended already.`);
  await workbench.runner.request(id, request);
  return workbench.stores.runs.get(id);
}

/** Goes on with a run that rests, in this process; `finished` resolves when it rests again. Throws `run_not_resumable`. */
export async function resumeRun(workbench: Workbench, id: RunId): Promise<{ run: Run; finished: Promise<Run> }> {
  const { status, settings } = await workbench.stores.runs.get(id);
  // A run in batches runs at its provider, whether a process follows it or not.
  const followable = status === 'running' && settings.mode === 'batch';
  if (!followable && !resumableStatuses.includes(status)) {
    throw conflict('run_not_resumable', status === 'completed' ? `Run ${id} is complete.` : `Run ${id} is running.`);
  }
  const { finished } = await workbench.runner.start(id);
  return { run: await workbench.stores.runs.get(id), finished };
}

/** Asks again for the results of a run that are errors, and for what is missing. Throws `run_without_errors`. */
export async function retryErrors(workbench: Workbench, id: RunId): Promise<{ run: Run; finished: Promise<Run> }> {
  const { stores, runner } = workbench;
  const { status } = await stores.runs.get(id);
  const { errors } = await stores.runs.summary(id);
  if (status !== 'running' && errors === 0) throw conflict('run_without_errors', `Run ${id} has no errors to retry.`);
  const { finished } = await runner.start(id, { retryErrors: true });
  return { run: await stores.runs.get(id), finished };
}
