import { useEffect, useRef, useState } from 'react';
import type { SentBody } from '../../../../server/http/contract/index.ts';
import type { TryEvent } from '../../../../server/http/contract/prompts.ts';
import type { ApiError } from '../../api/client.ts';
import { tryPrompt } from '../../api/try-stream.ts';
import { type Done, type Failure, failureOf } from './use-attempt.ts';

export type Judged = Extract<TryEvent, { type: 'judged' }>;
/** What one model says to one input with one version. */
export type Cell = {
  state: 'waiting' | 'running' | 'stopped' | 'done' | 'failed';
  text: string;
  done: Done | null;
  judged: Judged | null;
  error: Failure | ApiError | null;
};
export type Call = { key: string; body: SentBody<'POST /api/projects/:project/try'> };

/** Calls that are under way at once: enough to keep a server busy, few enough to stay below its limits. */
const AT_ONCE = 3;
const waiting: Cell = { state: 'waiting', text: '', done: null, judged: null, error: null };

/** Fills cells by asking models, a few at a time; the answers come as they are written. Stopping keeps what is there; leaving the page stops. */
export function useCells(project: string) {
  const [cells, setCells] = useState<ReadonlyMap<string, Cell>>(new Map());
  const controller = useRef<AbortController>(null);
  const [running, setRunning] = useState(false);
  useEffect(() => () => controller.current?.abort(), []);
  const change = (key: string, part: Partial<Cell>) =>
    setCells((before) => new Map(before).set(key, { ...(before.get(key) ?? waiting), ...part }));

  const ask = async ({ key, body }: Call, signal: AbortSignal) => {
    let text = '';
    change(key, { state: 'running' });
    try {
      for await (const event of tryPrompt(project, body, signal)) {
        if (event.type === 'text') {
          text += event.text;
          change(key, { text });
        } else if (event.type === 'done') change(key, { state: 'done', text: event.output, done: event });
        else if (event.type === 'judged') change(key, { judged: event });
        else change(key, { state: 'failed', error: event });
      }
    } catch (error) {
      if (signal.aborted) change(key, { state: 'stopped' });
      else change(key, { state: 'failed', error: failureOf(error) });
    }
  };

  const run = async (calls: readonly Call[]) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setRunning(true);
    setCells((before) => new Map([...before, ...calls.map(({ key }) => [key, waiting] as const)]));
    const open = [...calls];
    const worker = async () => {
      for (let call = open.shift(); call !== undefined && !own.signal.aborted; call = open.shift())
        await ask(call, own.signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (controller.current !== own) return;
    for (const { key } of own.signal.aborted ? calls : [])
      setCells((before) => (before.get(key)?.state === 'waiting' ? without(before, key) : before));
    setRunning(false);
  };
  return { cells, running, run, stop: () => controller.current?.abort() };
}

function without(cells: ReadonlyMap<string, Cell>, key: string): Map<string, Cell> {
  const left = new Map(cells);
  left.delete(key);
  return left;
}
