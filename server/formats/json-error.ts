import { errorMessage } from '../domain/errors.ts';
/** Where a text stops being JSON, from 0, and why, in a sentence part. */
export function jsonError(source: string, error: unknown): { position: number; reason: string } {
  const reason = errorMessage(error);
  return { position: errorPosition(source, reason), reason: reason.replace(/(?: in JSON at position|, [".]).*$/s, '') };
}

/** V8 names the position of some errors only; for the others it is the longest beginning that could still go on. */
function errorPosition(source: string, reason: string): number {
  const named = namedPosition(reason, source.length);
  if (named !== null) return named;
  let [fits, breaks] = [0, source.length];
  while (breaks - fits > 1) {
    const middle = (fits + breaks) >> 1;
    if (couldGoOn(source.slice(0, middle))) fits = middle;
    else breaks = middle;
  }
  return breaks - 1;
}

function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    return namedPosition(errorMessage(error), beginning.length) === beginning.length;
  }
}

function namedPosition(reason: string, length: number): number | null {
  if (/end of JSON input/.test(reason)) return length;
  const position = /at position (\d+)/.exec(reason)?.[1];
  return position === undefined ? null : Number(position);
}
