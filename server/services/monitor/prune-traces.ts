import { dayMs, hourMs } from '../../domain/durations.ts';
import { waited } from '../evaluate/ask-until-answered.ts';
import type { Workbench } from '../workbench.ts';

/** Deletes the traces of every project that ended more than `days` ago, now and each hour, until the signal ends it. What was observed of them stays. */
export async function pruneTraces(
  { stores }: Pick<Workbench, 'stores'>,
  days: number,
  signal: AbortSignal,
  report: (error: unknown) => void,
): Promise<void> {
  do await stores.traces.deleteBefore(Date.now() - days * dayMs, null).catch(report);
  while (await waited(hourMs, signal));
}
