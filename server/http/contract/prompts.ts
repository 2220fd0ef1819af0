import { z } from 'zod';
import { exportFormats } from '../../domain/export-format.ts';
import { checkNames } from '../../domain/prompt-checks/prompt-check.ts';
import {
  author,
  fileProblem,
  instant,
  interval,
  jsonObject,
  projectParams,
  promptParams,
  type RouteContract,
  saying,
} from './route.ts';
import { toolChoice, tools } from './tools.ts';

export const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().max(200_000),
});
export const parameters = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.number().int().positive().optional(),
  seed: z.number().int().optional(),
  stop: z.array(z.string().min(1)).max(4).optional(),
  /** As the OpenAI interface has them. */
  tools: tools.optional(),
  toolChoice: toolChoice.optional(),
});
export const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('labels'), labels: z.array(z.string().trim().min(1)).min(2) }),
  z.strictObject({ type: z.literal('json'), schema: jsonObject }),
]);
export const promptContent = z.strictObject({ messages: z.array(message).min(1), parameters, responseFormat });

export const promptVersion = z.object({
  number: z.number(),
  content: promptContent,
  contentHash: z.string(),
  note: z.string(),
  author: z.string(),
  parent: z.number().nullable(),
  createdAt: instant,
  /** Variables that its templates use. */
  variables: z.array(z.string()),
  /** Labels that point to it now, such as `production`. */
  labels: z.array(z.string()),
  /** Its newest completed run on dev: over the newest version of a set where there is one, else over an older one. */
  latestRun: z
    .object({
      id: z.number(),
      model: z.string(),
      passRate: z.number().nullable(),
      interval: interval.nullable(),
      n: z.number(),
      noAnswer: z.number(),
      /** Whether it went over the newest version of its set. */
      onNewestSet: z.boolean(),
    })
    .nullable(),
});
export const prompt = z.object({ slug: z.string(), name: z.string(), createdAt: instant, versionCount: z.number() });

const promptQuery = z.object({ version: z.coerce.number().int().positive().optional(), label: z.string().optional() });
/** A set and a side of it are for `promptfoo`, whose tests its cases become. */
const exportQuery = promptQuery.extend({
  format: z.enum(exportFormats),
  set: z.string().optional(),
  split: z.enum(['dev', 'holdout', 'all']).optional(),
});
const caseVariables = jsonObject;

/** Whether the server looks at a folder. */
const watched = z.boolean();
const fileOffer = z.object({
  /** `conflict`: a version was saved since as well. */
  file: z
    .object({
      path: z.string(),
      state: z.enum(['only_file', 'file_changed', 'conflict']),
      hash: z.string(),
      note: z.string(),
      content: promptContent,
    })
    .nullable(),
  /** Why it can't be read. */
  problem: z.object({ code: z.string(), message: z.string(), problems: z.array(fileProblem) }).nullable(),
});

export const promptCheck = z.object({
  name: z.enum(checkNames),
  level: z.enum(['warning', 'hint']),
  message: z.number().nullable(),
  line: z.number().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const promptRoutes = {
  'GET /api/projects/:project/prompts': {
    summary: 'The prompts of a project.',
    params: projectParams,
    response: z.object({ prompts: z.array(prompt) }),
  },
  'POST /api/projects/:project/prompts': {
    summary: 'Makes a prompt; it has no version yet.',
    params: projectParams,
    body: z.strictObject({ name: z.string().trim().min(1).max(80) }),
    response: prompt,
  },
  'GET /api/projects/:project/prompts/:prompt': {
    summary: 'A prompt with all its versions, oldest first.',
    params: promptParams,
    response: prompt.extend({ versions: z.array(promptVersion) }),
  },
  'POST /api/projects/:project/prompts/:prompt/versions': {
    summary: 'Saves a version; equal content gives the version that has it, with `created: false`.',
    params: promptParams,
    body: z.strictObject({
      content: promptContent,
      note: z.string().max(2000).default(''),
      author,
      parent: z.number().int().positive().nullable().default(null),
      /** Makes a version though an older one has this content, as restoring it does. */
      again: z.boolean().default(false),
      /** Newest version that the person knows of, 0 for none: where there is another one, nothing is saved. */
      newest: z.number().int().nonnegative().optional(),
    }),
    response: z.object({ version: promptVersion, created: z.boolean() }),
  },
  'GET /api/projects/:project/prompts/:prompt/export': {
    summary: 'A version as a file of a format.',
    params: promptParams,
    query: exportQuery,
    response: { mediaType: 'text/plain' },
  },
  'POST /api/projects/:project/prompts/:prompt/export': {
    summary:
      'Writes a version as a file of a format into the folder that the server looks at, `PROJECT/PROMPT.ENDING`. Refused where git lacks what the file holds; nothing is committed.',
    params: promptParams,
    body: z.strictObject({ ...exportQuery.shape, version: z.number().int().positive().optional() }),
    response: z.object({
      path: z.string(),
      state: z.enum(['created', 'changed', 'same']),
      /** Lines against what git has. */
      added: z.number(),
      removed: z.number(),
    }),
  },
  'GET /api/projects/:project/prompts/:prompt/file': {
    summary:
      "The prompt's file in the folder that the server looks at, where it says something that no version does yet.",
    params: promptParams,
    response: fileOffer.extend({ watched }),
  },
  'GET /api/projects/:project/prompt-files': {
    summary:
      "The files in the folder that the server looks at which say something that no version does yet, or can't be read; also those of no prompt yet.",
    params: projectParams,
    response: z.object({ watched, files: z.array(fileOffer.extend({ prompt: z.string() })) }),
  },
  'POST /api/projects/:project/prompts/:prompt/file': {
    summary: 'Saves the file as the next version; `hash` is that of the content which the person saw.',
    params: promptParams,
    body: z.strictObject({ hash: z.string(), note: z.string().max(2000).default(''), author }),
    response: z.object({ version: z.number() }),
  },
  'POST /api/projects/:project/preview': {
    summary:
      'Renders messages that need not be saved, with what a call would cost. Problems are data: `problems` names what is wrong.',
    needs: null,
    params: projectParams,
    body: z.strictObject({
      content: promptContent,
      variables: caseVariables,
      model: z.string().nullable().default(null),
    }),
    response: z.object({
      variables: z.array(z.string()),
      /** Null where a template can't be rendered. */
      messages: z.array(message).nullable(),
      problems: z.array(
        saying.extend({ message: z.number().nullable(), line: z.number().nullable(), text: z.string() }),
      ),
      inputTokens: z.number(),
      outputTokens: z.number(),
      costUsdPer1000Calls: z.number().nullable(),
    }),
  },
  'POST /api/projects/:project/prompts/check': {
    summary:
      'What is worth changing in messages that need not be saved, found without a model; they are held against a set.',
    needs: null,
    params: projectParams,
    body: z.strictObject({ content: promptContent, set: z.string().nullable().default(null) }),
    response: z.object({
      checks: z.array(promptCheck),
      /** What it was held against; null where there is no set with cases. */
      set: z.object({ slug: z.string(), version: z.number(), holdoutCases: z.number() }).nullable(),
    }),
  },
  'POST /api/projects/:project/try': {
    summary:
      'Asks a model once and streams the answer as server-sent events: `text`, then `done` or `error`; after `done` comes `judged` where it is held against an expected value. Nothing is stored.',
    params: projectParams,
    body: z.strictObject({
      content: promptContent,
      variables: caseVariables,
      model: z.string(),
      expected: z.strictObject({ set: z.string(), expected: z.json() }).nullable().default(null),
    }),
    response: { mediaType: 'text/event-stream' },
  },
} satisfies Record<string, RouteContract>;

/** What `POST …/try` sends. */
export type { TryEvent } from '../../domain/try-event.ts';
