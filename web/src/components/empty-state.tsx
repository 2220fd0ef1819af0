import { Stack, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

type Props = { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode };

/** Stands where there is nothing yet: why, and what to do next (`children` a sentence, `action` a button). */
export function EmptyState({ icon: Icon, title, children, action }: Props) {
  return (
    <Stack className={classes.root} align="center" gap="xs">
      <Icon size={26} strokeWidth={1.5} aria-hidden className={classes.icon} />
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text c="dimmed" ta="center" maw={520}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
