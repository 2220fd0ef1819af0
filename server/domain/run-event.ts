import type { RunId } from './ids.ts';
import type { RunStatus, RunSummary } from './run.ts';

/**
 * What happens to a run, for those who watch it. `status` and `note` are kept and numbered, so that a watcher who was away gets what it missed;
 * `progress` is a snapshot, and only the newest matters.
 */
export type RunEvent =
  | { type: 'status'; number: number; runId: RunId; at: string; status: RunStatus; reason: string }
  | { type: 'note'; number: number; runId: RunId; at: string; text: string }
  | {
      type: 'progress';
      runId: RunId;
      at: string;
      status: RunStatus;
      summary: RunSummary;
      concurrency: number;
      remainingMs: number | null;
    };
