import { parseModelReference } from '../../domain/model.ts';
import type { Run } from '../../domain/run.ts';
import type { Workbench } from '../workbench.ts';

export const isWaiting = ({ status }: Run): boolean => status === 'queued' || status === 'interrupted';

/**
 * Executes, one after the other, the runs that wait or were interrupted and whose model runs in this process: the stand-in, and local models whose
 * file `isReady`. Runs of other models wait for a person: nothing that costs money is ever asked without being told to.
 */
export async function executeWaitingRuns(
  { stores, runner }: Workbench,
  {
    isReady = async () => false,
    signal,
  }: { isReady?: (localModel: string) => Promise<boolean>; signal?: AbortSignal } = {},
): Promise<void> {
  const unusable = new Set<string>();
  for (const project of await stores.projects.list()) {
    for (const { id } of (await stores.runs.list(project.id)).reverse()) {
      // Read again: while the one before it was executed, a person may have started or cancelled it.
      const run = await stores.runs.get(id);
      if (!isWaiting(run) || unusable.has(run.model) || !(run.standIn || (await isLocal(run.model, isReady)))) continue;
      if (signal?.aborted) return;
      const { finished } = await runner.start(id);
      // The end was asked for between the look and the start.
      if (signal?.aborted) await runner.close();
      const { status } = await finished;
      if (status === 'failed') unusable.add(run.model);
      // Someone paused it, or the program is ending.
      else if (status !== 'completed') return;
    }
  }
}

async function isLocal(model: string, isReady: (localModel: string) => Promise<boolean>): Promise<boolean> {
  const { connection, name } = parseModelReference(model);
  return connection === 'local' && isReady(name);
}
