import type { RunId } from '../domain/ids.ts';
import type { Run, RunStatus } from '../domain/run.ts';
import type { RunEvent } from '../domain/run-event.ts';
import type { Workbench } from '../services/workbench.ts';
import type { EventStream } from './event-stream.ts';
import { latestOnly } from './latest-only.ts';

const progressMs = 250;
const pollMs = 500;
const finalStatuses: readonly RunStatus[] = ['completed', 'cancelled', 'failed', 'interrupted'];

type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Whether a watcher who saw everything up to event `after` has nothing more to wait for. */
export async function nothingToWatch({ stores }: Workbench, runId: RunId, after: number): Promise<boolean> {
  const run = await stores.runs.get(runId);
  return after > 0 && isFinal(run) && (await stores.runs.eventsAfter(runId, after)).length === 0;
}

/**
 * Streams what happens to a run: the kept events after `after`, then what comes, until the run ends. Kept events are always read from the
 * database, in order; the runner of this process only wakes the reader, and a run of another process is looked at twice a second.
 */
export async function streamRunEvents(
  { stores, runner }: Workbench,
  runId: RunId,
  after: number,
  stream: EventStream,
): Promise<void> {
  const progress = latestOnly<Progress>(progressMs, (event) => stream.send({ type: 'progress', data: event }));
  const wake = wakeable();
  let seen = after;
  const unsubscribe = runner.subscribe(runId, (event) => {
    if (event.type === 'progress') progress.push(event);
    else wake.now();
  });
  const sendKept = async () => {
    for (const event of await stores.runs.eventsAfter(runId, seen)) {
      seen = event.number;
      stream.send({ type: event.type, id: event.number, data: event });
    }
  };
  try {
    let looked = false;
    while (!stream.signal.aborted) {
      const run = await stores.runs.get(runId);
      if (isFinal(run)) {
        progress.stop();
        stream.send({ type: 'progress', data: await snapshot(stores, run) });
        await sendKept();
        stream.end();
        return;
      }
      await sendKept();
      if (!looked || (run.status === 'running' && !runner.executes(runId))) progress.push(await snapshot(stores, run));
      looked = true;
      await wake.within(pollMs, stream.signal);
    }
  } finally {
    unsubscribe();
    progress.stop();
  }
}

const isFinal = (run: Run): boolean => finalStatuses.includes(run.status);

/** Where a run stands by what is stored of it. */
async function snapshot(stores: Workbench['stores'], run: Run): Promise<Progress> {
  const summary = await stores.runs.summary(run.id);
  const { done, total, wallMs } = summary;
  return {
    type: 'progress',
    runId: run.id,
    at: new Date().toISOString(),
    status: run.status,
    summary,
    concurrency: run.settings.concurrency,
    remainingMs: isFinal(run) || done === 0 ? null : (wallMs / done) * (total - done),
  };
}

/** A pause that can be cut short; a call that comes while nobody pauses cuts the next one. */
function wakeable() {
  let woken = false;
  let resume = () => {};
  return {
    now() {
      woken = true;
      resume();
    },
    async within(milliseconds: number, signal: AbortSignal): Promise<void> {
      if (!woken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener('abort', resume, { once: true });
        });
      }
      woken = false;
    },
  };
}
