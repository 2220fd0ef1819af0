import { ActionIcon, type ActionIconProps, Button } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { type ReactNode, type Ref, useRef, useState } from 'react';

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

type AddRowProps = { ref: Ref<HTMLButtonElement>; disabled: boolean; onClick: () => void; children: ReactNode };

/** Below the rows: one more. */
export const AddRow = ({ children, ...button }: AddRowProps) => (
  <div>
    <Button size="compact-sm" variant="default" leftSection={<Plus size={14} aria-hidden />} {...button}>
      {children}
    </Button>
  </div>
);

/** At the end of a row: takes it away. */
export const RemoveRow = ({
  label,
  ...button
}: { label: string; onClick: () => void } & Pick<ActionIconProps, 'size'>) => (
  <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} {...button}>
    <X size={16} />
  </ActionIcon>
);
