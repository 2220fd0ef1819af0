import { readSchema, type SchemaProblem } from './json-schema-text.ts';
import type { PromptContent } from './prompt-version.ts';

type Tools = NonNullable<PromptContent['parameters']['tools']>;

/** Reads the tools that a person typed; none where nothing is. The server knows more of what a tool may be. */
export function readTools(text: string): { tools: Tools | undefined } | { problem: SchemaProblem } {
  if (text.trim() === '') return { tools: undefined };
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read) || !read.every(isTool)) return { problem: { kind: 'notObject' } };
    return { tools: read.length === 0 ? undefined : read };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Says in which line.
    const schema = readSchema(text);
    return { problem: 'problem' in schema ? schema.problem : { kind: 'notObject' } };
  }
}

function isTool(value: unknown): value is Tools[number] {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('function' in value)) return false;
  const { type, function: about } = value;
  return (
    type === 'function' &&
    typeof about === 'object' &&
    about !== null &&
    'name' in about &&
    typeof about.name === 'string'
  );
}

/** Where a list of tools may begin. */
export const exampleTools = JSON.stringify(
  [
    {
      type: 'function',
      function: {
        name: 'look_up_order',
        description: 'Finds an order by its number.',
        parameters: {
          type: 'object',
          properties: { number: { type: 'string' } },
          required: ['number'],
          additionalProperties: false,
        },
      },
    },
  ],
  null,
  2,
);
