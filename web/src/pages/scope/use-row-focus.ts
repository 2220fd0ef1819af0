import { useRef, useState } from 'react';

/** For a list whose rows are added and removed: a new row has the focus, and where one goes, the button that adds one. */
export function useRowFocus() {
  const add = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState<number | null>(null);
  return {
    add,
    isNew: (id: number) => id === added,
    onAdded: (rows: readonly { id: number }[]) => setAdded(rows.at(-1)?.id ?? null),
    onRemoved: () => add.current?.focus(),
  };
}
