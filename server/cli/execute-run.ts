import type { Run } from '../domain/run.ts';
import { pauseRun } from '../services/evaluate/control-run.ts';
import type { Workbench } from '../services/workbench.ts';
import { listenForInterrupt } from './interruption.ts';
import { startRunProgress } from './run-progress.ts';

/**
 * Executes a run in this process until it rests, with its progress on stderr; with `letGo`, until its batches are sent. Ctrl-C pauses it after the calls
 * under way, and leaves batches to their provider; a second one throws an `Interruption`, and the run can be resumed all the same.
 */
export async function executeRun(
  workbench: Workbench,
  run: Run,
  {
    resumeCommand,
    start,
    letGo,
  }: { resumeCommand: string; start: () => Promise<{ finished: Promise<Run> }>; letGo: boolean },
): Promise<{ run: Run; interrupted: boolean }> {
  const progress = startRunProgress(run.total);
  const unsubscribe = workbench.runner.subscribe(run.id, progress.show);
  const { promise: pauseFailed, reject: failPause } = Promise.withResolvers<never>();
  const pause = () => {
    if (run.settings.mode === 'batch') {
      progress.note('Leaving; the provider goes on with what was sent.');
      workbench.runner.detach(run.id, { atOnce: true }).catch(failPause);
      return;
    }
    progress.note('Pausing after the calls under way. Ctrl-C again leaves at once; what is stored stays.');
    pauseRun(workbench, run.id).catch(failPause);
  };
  const interrupt = listenForInterrupt(pause, `Left at once. Go on with: ${resumeCommand}`);
  try {
    const finished = start().then((started) => {
      if (letGo) workbench.runner.detach(run.id, { atOnce: false }).catch(failPause);
      return started.finished;
    });
    const rested = await Promise.race([finished, interrupt.secondPress, pauseFailed]);
    return { run: rested, interrupted: interrupt.pressed && rested.status !== 'completed' };
  } finally {
    unsubscribe();
    interrupt.end();
    progress.end();
  }
}
