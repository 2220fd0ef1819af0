import { Transcript } from '../../components/transcript.tsx';
import { transcriptOf } from '../../components/turns.ts';
import { shownValue, type Variables } from './subject.ts';

/** A variable's value to be read; a conversation is shown turn by turn. */
export function ShownValue({ value }: { value: Variables[string] }) {
  const turns = transcriptOf(value);
  return turns === null ? shownValue(value) : <Transcript turns={turns} />;
}
