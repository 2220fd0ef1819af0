import { readSchema } from './json-schema-text.ts';
import type { Message, PromptContent } from './prompt-version.ts';
import { readTools } from './tools-text.ts';

/** A message while it is edited; the key stays with it when it moves. */
export type DraftMessage = Message & { key: number };
type FormatType = PromptContent['responseFormat']['type'];
/** Keeps what was typed for each kind of answer, so that trying another kind loses nothing. */
export type DraftFormat = { type: FormatType; labels: string[]; schema: string };
export type Draft = {
  messages: DraftMessage[];
  parameters: PromptContent['parameters'];
  /** The tools as they are typed, JSON; empty is none. */
  tools?: string;
  format: DraftFormat;
};

/** What keeps a draft from being sent at all: said where it is typed. */
export type DraftProblem = 'labels' | 'schema' | 'tools';

const firstSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };
const printed = (schema: object) => JSON.stringify(schema, null, 2);

/** Where a prompt without a version begins. */
export const emptyContent: PromptContent = {
  messages: [
    { role: 'system', content: '' },
    { role: 'user', content: '' },
  ],
  parameters: {},
  responseFormat: { type: 'text' },
};

export function draftOf({ messages, parameters, responseFormat }: PromptContent): Draft {
  return {
    messages: messages.map((message, key) => ({ ...message, key })),
    parameters,
    tools: parameters.tools === undefined ? '' : printed(parameters.tools),
    format: {
      type: responseFormat.type,
      labels: responseFormat.type === 'labels' ? responseFormat.labels : [],
      schema: printed(responseFormat.type === 'json' ? responseFormat.schema : firstSchema),
    },
  };
}

/** The content that a draft stands for. Where its format is not complete yet, `problem` says so and the content asks for plain text instead. */
export function contentOf({ messages, parameters, tools: typed = '', format }: Draft): {
  content: PromptContent;
  problem: DraftProblem | null;
} {
  const responseFormat = formatOf(format);
  const read = readTools(typed);
  const tools = 'tools' in read ? read.tools : undefined;
  const content: PromptContent = {
    messages: messages.map(({ role, content }) => ({ role, content })),
    parameters: {
      ...parameters,
      stop: parameters.stop?.length === 0 ? undefined : parameters.stop,
      tools,
      toolChoice: tools === undefined ? undefined : parameters.toolChoice,
    },
    responseFormat: responseFormat ?? { type: 'text' },
  };
  if (responseFormat === null) return { content, problem: format.type === 'labels' ? 'labels' : 'schema' };
  return { content, problem: 'tools' in read ? null : 'tools' };
}

function formatOf({ type, labels, schema }: DraftFormat): PromptContent['responseFormat'] | null {
  if (type === 'text') return { type };
  if (type === 'labels') return labels.length < 2 ? null : { type, labels };
  const read = readSchema(schema);
  return 'schema' in read ? { type, schema: read.schema } : null;
}

/** Whether two contents say the same. */
export const sameContent = (a: PromptContent, b: PromptContent): boolean => comparable(a) === comparable(b);

/** In the order in which they are shown. */
export const parameterNames = ['temperature', 'topP', 'maxTokens', 'seed', 'stop', 'tools', 'toolChoice'] as const;
const comparable = ({ messages, parameters, responseFormat }: PromptContent): string =>
  JSON.stringify([
    messages.map(({ role, content }) => [role, content]),
    parameterNames.map((name) => parameters[name] ?? null),
    responseFormat,
  ]);

/** The messages with the one at `from` put at `to`. */
export function moved(messages: readonly DraftMessage[], from: number, to: number): DraftMessage[] {
  const [taken, ...none] = messages.slice(from, from + 1);
  if (taken === undefined || none.length > 0) return [...messages];
  return messages.toSpliced(from, 1).toSpliced(to, 0, taken);
}

/** The messages with an empty one at the end; it answers the last one. */
export function withMessage(messages: readonly DraftMessage[]): DraftMessage[] {
  const key = 1 + Math.max(-1, ...messages.map((message) => message.key));
  const role = messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
  return [...messages, { key, role, content: '' }];
}
