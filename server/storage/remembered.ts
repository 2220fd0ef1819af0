/** More texts than this are not remembered: those of a run may all differ. */
const MOST = 10_000;

/** Reads a text that comes again only once. */
export function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (known.size < MOST) known.set(text, value);
    return value;
  };
}
