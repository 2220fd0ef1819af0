import { Textarea } from '@mantine/core';
import { TranscriptEditor } from '../../components/transcript.tsx';
import { transcriptOf } from '../../components/turns.ts';
import { ownValue } from './subject.ts';

type Props = { name: string; value: string; onChange: (value: string) => void };

/** A field for a value of one's own; a conversation is edited turn by turn. */
export function OwnValue({ name, value, onChange }: Props) {
  const turns = transcriptOf(ownValue(value));
  if (turns !== null)
    return <TranscriptEditor label={name} turns={turns} onChange={(next) => onChange(JSON.stringify(next))} />;
  return (
    <Textarea
      label={<span className="mono">{name}</span>}
      autosize
      minRows={1}
      maxRows={8}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
