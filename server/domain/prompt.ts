import { contentHash } from './content-hash.ts';
import type { ProjectId, PromptId, PromptVersionId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const messageRoles = ['system', 'user', 'assistant'] as const;
export type MessageRole = (typeof messageRoles)[number];
/** In a prompt version `content` is a Handlebars template; in a rendered prompt it is the text that a model is sent. */
export type Message = { role: MessageRole; content: string };

export type ModelParameters = {
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  seed?: number;
  stop?: readonly string[];
  /** Tools that the model may call, as the OpenAI interface has them. */
  tools?: readonly FunctionTool[];
  toolChoice?: ToolChoice;
};

/** The note on a reply of a model that takes no tools. */
export const toolsLeftOut = ({ parameters }: { parameters: ModelParameters }): string[] =>
  parameters.tools === undefined ? [] : ['tools were left out: this model takes none.'];

export type FunctionTool = {
  type: 'function';
  function: { name: string; description?: string; parameters?: JsonObject; strict?: boolean | null };
};
export type ToolChoice = 'auto' | 'none' | 'required' | { type: 'function'; function: { name: string } };

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'labels'; labels: readonly string[] }
  | { type: 'json'; schema: JsonObject };

export type PromptContent = {
  messages: readonly Message[];
  parameters: ModelParameters;
  responseFormat: ResponseFormat;
};

export type Prompt = { id: PromptId; projectId: ProjectId; slug: string; name: string; createdAt: string };

/** Immutable. */
export type PromptVersion = {
  id: PromptVersionId;
  promptId: PromptId;
  number: number;
  content: PromptContent;
  contentHash: string;
  note: string;
  author: string;
  /** Number of the version it was made from. */
  parent: number | null;
  createdAt: string;
};

/** Equal content has an equal hash; the note, author and parent are no part of it. */
export const promptContentHash = (content: PromptContent): string => contentHash(content);

/** The labels that a prompt allows, or null where its answer is free. */
export const labelsOf = (format: ResponseFormat): readonly string[] | null =>
  format.type === 'labels' ? format.labels : null;

/** Labelled examples in the messages: pairs of what a user says and an assistant answers. A beginning that the model continues is none. */
export const exampleCount = ({ messages }: Pick<PromptContent, 'messages'>): number =>
  messages.slice(0, -1).filter(({ role }, index) => role === 'assistant' && messages[index - 1]?.role === 'user')
    .length;
