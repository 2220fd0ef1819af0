import type { PromptContent } from './prompt-version.ts';

type Schema = Extract<PromptContent['responseFormat'], { type: 'json' }>['schema'];
/** Where a text stops being JSON, in the browser's words. */
export type SchemaProblem = { kind: 'notJson'; line: number; reason: string } | { kind: 'notObject' };

/** Reads a JSON schema that a person typed. */
export function readSchema(text: string): { schema: Schema } | { problem: SchemaProblem } {
  try {
    const schema: unknown = JSON.parse(text);
    return isObject(schema) ? { schema } : { problem: { kind: 'notObject' } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: { kind: 'notJson', line: lineIn(reason, text), reason } };
  }
}

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Engines name a line, a position, or neither: then it is where the longest beginning ends that could still go on. */
function lineIn(reason: string, text: string): number {
  const line = /line (\d+)/.exec(reason)?.[1];
  if (line !== undefined) return Number(line);
  let [fits, breaks] = [0, text.length];
  const named = namedPosition(reason, text.length);
  while (named === null && breaks - fits > 1) {
    const middle = (fits + breaks) >> 1;
    if (couldGoOn(text.slice(0, middle))) fits = middle;
    else breaks = middle;
  }
  return text.slice(0, named ?? fits).split('\n').length;
}

function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    return namedPosition(String(error), beginning.length) === beginning.length;
  }
}

function namedPosition(reason: string, length: number): number | null {
  if (/end of (JSON )?(input|data)|EOF/.test(reason)) return length;
  const position = /position (\d+)/.exec(reason)?.[1];
  return position === undefined ? null : Number(position);
}
