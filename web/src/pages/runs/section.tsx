import { Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a panel under a small heading. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Stack component="section" gap={6}>
      <Group justify="space-between">
        <Title order={4} size="sm">
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </Stack>
  );
}
