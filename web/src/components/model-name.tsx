import { Group } from '@mantine/core';
import { StandInBadge } from './stand-in-badge.tsx';

/** What answered a run, with the word for it where that is no language model. */
export function ModelName({ model, standIn }: { model: string; standIn: boolean }) {
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex">
      <span className="mono">{model}</span>
      {standIn && <StandInBadge />}
    </Group>
  );
}
