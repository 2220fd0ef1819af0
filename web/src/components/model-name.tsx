import { Group } from '@mantine/core';
import { StandInBadge } from './stand-in-badge.tsx';

type Props = {
  model: string;
  standIn: boolean;
  /** The word below the name, where room is dear. */
  stacked?: boolean;
};

/** What answered a run, with the word for it where that is no language model. */
export function ModelName({ model, standIn, stacked = false }: Props) {
  return (
    <Group gap={stacked ? 0 : 6} wrap={stacked ? 'wrap' : 'nowrap'} display="inline-flex">
      <span className="mono">{model}</span>
      {standIn && <StandInBadge />}
    </Group>
  );
}
