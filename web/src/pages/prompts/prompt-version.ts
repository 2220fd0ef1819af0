import type { Answer } from '../../../../server/http/contract/index.ts';

export type PromptDetail = Answer<'GET /api/projects/:project/prompts/:prompt'>;
export type PromptVersion = PromptDetail['versions'][number];
export type PromptContent = PromptVersion['content'];
export type Message = PromptContent['messages'][number];

export const roles = ['system', 'user', 'assistant'] as const satisfies Message['role'][];

/** Finds the tags of a template, for showing them apart from its text. */
export const templateTags = /(\{\{\{?[^{}]*\}?\}\})/g;
