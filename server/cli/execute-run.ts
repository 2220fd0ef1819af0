import type { Run } from '../domain/run.ts';
import { pauseRun } from '../services/evaluate/control-run.ts';
import type { Workbench } from '../services/workbench.ts';
import { listenForInterrupt } from './interruption.ts';
import { startRunProgress } from './run-progress.ts';

/**
 * Executes a run in this process until it rests, with its progress on stderr. Ctrl-C pauses it after the calls under way; a second one throws an
 * `Interruption`, and the run can be resumed all the same.
 */
export async function executeRun(
  workbench: Workbench,
  run: Run,
  resumeCommand: string,
  start: () => Promise<{ finished: Promise<Run> }>,
): Promise<{ run: Run; interrupted: boolean }> {
  const progress = startRunProgress(run.total);
  const unsubscribe = workbench.runner.subscribe(run.id, progress.show);
  const { promise: pauseFailed, reject: failPause } = Promise.withResolvers<never>();
  const pause = () => {
    progress.note('Pausing after the calls under way. Ctrl-C again leaves at once; what is stored stays.');
    pauseRun(workbench, run.id).catch(failPause);
  };
  const interrupt = listenForInterrupt(pause, `Left at once. Go on with: ${resumeCommand}`);
  try {
    const finished = start().then((started) => started.finished);
    const rested = await Promise.race([finished, interrupt.secondPress, pauseFailed]);
    return { run: rested, interrupted: interrupt.pressed && rested.status !== 'completed' };
  } finally {
    unsubscribe();
    interrupt.end();
    progress.end();
  }
}
