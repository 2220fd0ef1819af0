import { WhetstoneError } from '../../domain/errors.ts';
import type { Workbench } from '../workbench.ts';
import { waited } from './ask-until-answered.ts';

const lookEveryMs = 5000;

/**
 * Goes on, until the signal ends it, with every run in batches that no process follows: those of a server that was stopped or killed, and those that the
 * command line has sent. One that can't be followed, such as for a key that is gone, rests with the reason until a person resumes it.
 */
export async function followBatches({ stores, runner }: Workbench, signal: AbortSignal): Promise<void> {
  for (;;) {
    for (const id of await stores.batches.unfollowedRuns()) {
      if (signal.aborted) return;
      try {
        await runner.start(id);
        // The end was asked for between the look and the start.
        if (signal.aborted) await runner.close();
      } catch (error) {
        if (!(error instanceof WhetstoneError)) throw error;
        // Another process was quicker.
        if (error.code !== 'run_taken') await stores.runs.request(id, 'pause', error.message);
      }
    }
    if (!(await waited(lookEveryMs, signal))) return;
  }
}
