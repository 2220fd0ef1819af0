import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RunEvent } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { useRunEvents } from '../../api/run-events.ts';
import { isUnderWay, type Run } from '../../components/use-runs.ts';

type Progress = Extract<RunEvent, { type: 'progress' }>;
export type LogEntry = Exclude<RunEvent, Progress>;
/** What is only known while a run executes. */
export type Pace = Pick<Progress, 'concurrency' | 'remainingMs'>;

/** Another process may go on with a run that rests. */
const AT_REST_MS = 10_000;

/** A run as it goes: what is stored of it, what the server streams on top of that while it executes, and what happened to it so far. */
export function useLiveRun(id: number) {
  const client = useQueryClient();
  const query = useApi(
    'GET /api/runs/:run',
    { params: { run: id } },
    { refetchInterval: (run) => (run !== undefined && isEnded(run) ? AT_REST_MS : false) },
  );
  const [progress, setProgress] = useState<Progress | null>(null);
  const [log, setLog] = useState<readonly LogEntry[]>([]);
  const [endedAt, setEndedAt] = useState<number | null>(null);
  const knownStatus = useRef<Run['status']>(undefined);
  const { data } = query;

  const onProgress = (event: Progress) => {
    setProgress(event);
    setEndedAt(isEnded(event) ? Date.now() : null);
    const before = knownStatus.current ?? data?.status;
    if (before !== undefined && before !== event.status) void client.invalidateQueries();
    knownStatus.current = event.status;
  };
  const goesOn = endedAt === null || (data !== undefined && isUnderWay(data) && query.dataUpdatedAt > endedAt);
  useRunEvents(goesOn ? id : null, (event) => {
    if (event.type === 'progress') onProgress(event);
    // A stream that is opened again tells everything from the start.
    else setLog((before) => (before.some(({ number }) => number === event.number) ? before : [...before, event]));
  });

  const executes = progress !== null && data !== undefined && isUnderWay(data);
  const run = executes ? { ...data, ...progress.summary, status: progress.status } : data;
  const pace: Pace | null = executes && isUnderWay(progress) ? progress : null;
  return { query, run, pace, log };
}

const isEnded = ({ status }: Pick<Run, 'status'>): boolean =>
  status === 'completed' || status === 'cancelled' || status === 'failed' || status === 'interrupted';
