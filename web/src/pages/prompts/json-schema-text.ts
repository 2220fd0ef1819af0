import type { PromptContent } from './prompt-version.ts';

type Schema = Extract<PromptContent['responseFormat'], { type: 'json' }>['schema'];
/** Where a text stops being JSON, as far as the browser says it. */
export type SchemaProblem = { kind: 'notJson'; line: number | null; reason: string } | { kind: 'notObject' };

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

/** Engines name a line, a position, or neither; an unexpected end is at the end. */
function lineIn(reason: string, text: string): number | null {
  const line = /line (\d+)/.exec(reason)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(reason)?.[1];
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length;
  return /end of/.test(reason) ? text.split('\n').length : null;
}
