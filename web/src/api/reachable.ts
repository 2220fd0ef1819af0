import { useSyncExternalStore } from 'react';

let gone = false;
const listeners = new Set<() => void>();

/** Notes whether the server has just answered, whatever it said. */
export function noteAnswer(answered: boolean): void {
  if (gone === !answered) return;
  gone = !answered;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the last call got no answer at all. */
export const useServerGone = (): boolean => useSyncExternalStore(subscribe, () => gone);
