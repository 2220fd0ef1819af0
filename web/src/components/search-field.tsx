import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { type Ref, useState } from 'react';

type Props = {
  label: string;
  /** What is searched for now, as the address has it; empty for nothing. */
  search: string;
  onFind: (text: string | undefined) => void;
  width?: number;
  ref?: Ref<HTMLInputElement>;
};

const TYPING_MS = 250;

/** A search that goes out when the hands rest. Letters on their way to a Chinese character are not searched for. */
export function SearchField({ label, search, onFind, width, ref }: Props) {
  const [typed, setTyped] = useState(search);
  // What the address says, and what it was told and does not say yet.
  const [seen, setSeen] = useState(search);
  const [sent, setSent] = useState<readonly string[]>([]);
  // The address may change without this field: by a link, by going back, or where the filters are taken away.
  if (search !== seen) {
    setSeen(search);
    const place = sent.indexOf(search);
    if (place < 0) setTyped(search);
    setSent(sent.slice(place + 1));
  }
  const find = useDebouncedCallback((text: string) => {
    if (text === search) return;
    setSent((before) => [...before, text]);
    onFind(text === '' ? undefined : text);
  }, TYPING_MS);
  return (
    <TextInput
      ref={ref}
      size="xs"
      type="search"
      w={width}
      maxLength={200}
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={14} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        if (!(event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing))
          find(event.currentTarget.value);
      }}
      onCompositionEnd={(event) => find(event.currentTarget.value)}
    />
  );
}
