import { useEffect, useEffectEvent } from 'react';
import type { RunEvent } from '../../../server/http/contract/index.ts';
import { askWhetherThere } from './client.ts';

const TYPES = ['status', 'note', 'progress'] as const satisfies RunEvent['type'][];

/**
 * Hands over what happens to a run while the component is there. The browser reconnects by itself and says what it saw last; without a run nothing is opened.
 */
export function useRunEvents(run: number | null, onEvent: (event: RunEvent) => void): void {
  const handle = useEffectEvent(onEvent);
  useEffect(() => {
    if (run === null) return;
    const source = new EventSource(`/api/runs/${run}/events`);
    const read = (message: MessageEvent<string>) => handle(JSON.parse(message.data));
    source.addEventListener('error', () => void askWhetherThere());
    for (const type of TYPES) source.addEventListener(type, read);
    return () => source.close();
  }, [run]);
}
