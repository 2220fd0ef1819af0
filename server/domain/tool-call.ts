import type { JsonValue } from './json.ts';

/** A tool that a model asked for. Arguments that are not JSON stay the text that they are. */
export type ToolCall = { name: string; arguments: JsonValue };

/** A call as servers write it: the arguments are JSON in a text. */
export function readToolCall(name: string, text: string): ToolCall {
  try {
    const parsed: JsonValue = JSON.parse(text.trim() === '' ? '{}' : text);
    return { name, arguments: parsed };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { name, arguments: text };
  }
}

/** What a reply of calls alone is as an output: JSON that reads as the calls again. */
export const toolCallsText = (calls: readonly ToolCall[]): string => JSON.stringify({ tool_calls: calls });
