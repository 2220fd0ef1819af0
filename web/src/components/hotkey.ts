import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Keys as typed one after the other, such as `g p`, `j` or `?`; the label says in the help what they do. */
type Hotkey = { keys: string; label: string; run: () => void };

const SEQUENCE_MS = 1_500;
const STORED = 'whetstone.single-keys';
const listeners = new Set<() => void>();
let active: readonly Hotkey[] = [];
let typed = '';
let typedAt = 0;

function change(next: readonly Hotkey[]): void {
  active = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether keys belong to what is being typed or to an open dialog. */
function isTaken({ target }: KeyboardEvent): boolean {
  if (document.querySelector('[aria-modal="true"]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role="listbox"], [role="menu"]') !== null
  );
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length !== 1 || isTaken(event) || !singleKeysOn()) return;
  const key = event.key.toLowerCase();
  const sequence = event.timeStamp - typedAt < SEQUENCE_MS && typed !== '' ? `${typed} ${key}` : key;
  const hit = active.findLast(({ keys }) => keys === sequence) ?? active.findLast(({ keys }) => keys === key);
  typed = hit === undefined && active.some(({ keys }) => keys.startsWith(`${key} `)) ? key : '';
  typedAt = event.timeStamp;
  if (hit === undefined) return;
  event.preventDefault();
  hit.run();
}

/** Runs something on a key or a sequence of keys while the component is there, never while a person types or a dialog is open. */
export function useHotkey(keys: string, label: string, run: () => void): void {
  const handle = useEffectEvent(run);
  useEffect(() => {
    const hotkey: Hotkey = { keys, label, run: () => handle() };
    // Added once, however often it is asked for.
    document.addEventListener('keydown', onKeyDown);
    change([...active, hotkey]);
    return () => change(active.filter((other) => other !== hotkey));
  }, [keys, label]);
}

/** The keys that work now, for the help. */
export const useHotkeys = (): readonly Hotkey[] => useSyncExternalStore(subscribe, () => active);

/** Whether keys without Ctrl or ⌘ do anything: some people's tools type them by accident. */
const singleKeysOn = (): boolean => localStorage.getItem(STORED) !== 'off';

/** That choice and how to change it. */
export function useSingleKeys(): [on: boolean, choose: (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, singleKeysOn);
  const choose = (next: boolean) => {
    localStorage.setItem(STORED, next ? 'on' : 'off');
    change([...active]);
  };
  return [on, choose];
}
