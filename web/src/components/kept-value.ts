/** What this browser keeps, such as drafts. Null where there is none, or something that this version of the program does not write. */
export function readKept<Value>(key: string, isValue: (value: unknown) => value is Value): Value | null {
  const text = localStorage.getItem(key);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isValue(value) ? value : null;
  } catch (error) {
    // Someone else's entry, or half of one.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Keeps a value; false where the browser has no room for it or may keep nothing. */
export function keepValue(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
