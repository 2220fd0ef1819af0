import { z } from 'zod';
import { invalid } from '../domain/errors.ts';
import type { Message, ModelParameters, PromptContent } from '../domain/prompt.ts';
import type { ExportedPrompt } from './exported-prompt.ts';
import { type FileProblem, fileError } from './file-problem.ts';
import {
  beyondPlainVariables,
  labels,
  namedSchema,
  namesBeyond,
  openAiResponseFormat,
  responseFormatOf,
  role,
  seed,
  share,
  stop,
  temperature,
  tokenCount,
  toYaml,
} from './prompt-fields.ts';
import type { PromptFile } from './prompt-file.ts';
import { readYaml } from './yaml-source.ts';

/*
 * Prompty: YAML front matter, then messages that begin with a line such as `system:`; https://github.com/microsoft/prompty, spec/spec.md §2 and
 * §6. Model settings are read as the specification has them (`options`) and as version 1 had them (`parameters`).
 */

const options = z.looseObject({
  temperature,
  topP: share,
  maxOutputTokens: tokenCount,
  seed,
  stopSequences: stop,
  additionalProperties: z.looseObject({ response_format: openAiResponseFormat.optional() }).optional(),
});
const parameters = z.looseObject({
  temperature,
  top_p: share,
  max_tokens: tokenCount,
  max_completion_tokens: tokenCount,
  seed,
  stop,
  response_format: openAiResponseFormat.optional(),
});
const model = z.preprocess(
  (value) => (typeof value === 'string' ? { id: value } : value),
  z.looseObject({
    apiType: z.enum(['chat', 'responses']).optional(),
    api: z.literal('chat').optional(),
    options: options.optional(),
    parameters: parameters.optional(),
  }),
);
/** The name of a template engine, in any of the ways it may be given. */
const engineName = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('format' in value) return engineName(value.format);
  if ('kind' in value) return value.kind;
  return 'type' in value ? value.type : undefined;
};
const engines = z.enum(['jinja2', 'handlebars'], 'its language is neither jinja2 nor handlebars');
const onlyTexts = (inputs: unknown): boolean =>
  !Object.values(inputs ?? {}).some(
    (input) => typeof input === 'object' && ['thread', 'image', 'file', 'audio'].includes(input?.kind),
  );
const frontMatter = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  metadata: z.looseObject({ whetstone: z.strictObject({ labels }).optional() }).nullish(),
  model: model.optional(),
  template: z.preprocess(engineName, engines.optional()).optional(),
  inputs: z
    .unknown()
    .refine(onlyTexts, 'an input is a conversation, an image or a file, and prompts here take texts')
    .optional(),
});

const boundary = /^\s*#?\s*(system|user|assistant)(?:\[[^\]]*\])?\s*:\s*$/i;
const fence = /^\s*(?:---|\+\+\+)\s*$/;

/** Reads a `.prompty`; of its template language only plain variables. Throws `prompt_file_invalid`. */
export function readPrompty(fileName: string, text: string): PromptFile {
  const { head, body, bodyLine } = splitFile(fileName, text);
  const front = readYaml({ fileName, text: head, firstLine: 2 }, frontMatter.nullable(), 'prompt_file_invalid') ?? {};
  const sections = readSections(body, bodyLine);
  const problems = sections.length === 0 ? [{ line: bodyLine, message: noMessages }] : [];
  if (front.template !== 'handlebars') problems.push(...sections.flatMap(jinjaProblems));
  if (problems.length > 0) throw fileError('prompt_file_invalid', fileName, problems);
  return {
    content: {
      messages: sections.map((section) => section.message),
      parameters: parametersOf(front.model),
      responseFormat: formatOf(front),
    },
    note: front.description ?? '',
    leftOut: leftOutOf(front),
  };
}

const noMessages = 'There is no message. Begin one with a line "system:" or "user:".';

function splitFile(fileName: string, text: string) {
  const lines = text.split('\n');
  const opening = lines.findIndex((line) => line.trim() !== '');
  if (opening === -1 || !fence.test(lines[opening] ?? '')) return { head: '', body: lines, bodyLine: 1 };
  const closing = lines.findIndex((line, index) => index > opening && fence.test(line));
  if (closing === -1) {
    throw fileError('prompt_file_invalid', fileName, [
      { line: opening + 1, message: 'The part that opens here is never closed. End it with a line "---".' },
    ]);
  }
  // Blank lines keep the line numbers of what precedes.
  const head = '\n'.repeat(opening) + lines.slice(opening + 1, closing).join('\n');
  return { head, body: lines.slice(closing + 1), bodyLine: closing + 2 };
}

type Section = { message: Message; line: number };

function readSections(body: readonly string[], firstLine: number): Section[] {
  const sections: { role: Message['role']; line: number; lines: string[] }[] = [];
  body.forEach((text, index) => {
    const marker = boundary.exec(text)?.[1];
    if (marker !== undefined) sections.push({ role: role.parse(marker), line: firstLine + index + 1, lines: [] });
    else if (sections.length > 0) sections.at(-1)?.lines.push(text);
    else if (text.trim() !== '') sections.push({ role: 'system', line: firstLine + index, lines: [text] });
  });
  return sections.map(({ role, line, lines }) => {
    const blank = lines.findIndex((text) => text !== '');
    return { line: line + Math.max(0, blank), message: { role, content: lines.join('\n').replace(/^\n+|\n+$/g, '') } };
  });
}

function jinjaProblems({ message, line }: Section): FileProblem[] {
  const found = beyondPlainVariables(message.content);
  if (found === null) return [];
  return [
    {
      line: line + found.line - 1,
      message: `"${found.text}" can't be taken over from Jinja: only plain {{variables}} can. Write it as a Handlebars template in a .prompt.yml file.`,
    },
  ];
}

type FrontMatter = z.output<typeof frontMatter>;

function parametersOf(given: FrontMatter['model']): ModelParameters {
  const [now, before] = [given?.options, given?.parameters];
  return {
    temperature: now?.temperature ?? before?.temperature,
    topP: now?.topP ?? before?.top_p,
    maxTokens: now?.maxOutputTokens ?? before?.max_completion_tokens ?? before?.max_tokens,
    seed: now?.seed ?? before?.seed,
    stop: now?.stopSequences ?? before?.stop,
  };
}

function formatOf({ metadata, model: given }: FrontMatter): PromptContent['responseFormat'] {
  if (metadata?.whetstone?.labels) return { type: 'labels', labels: metadata.whetstone.labels };
  return responseFormatOf(given?.options?.additionalProperties?.response_format ?? given?.parameters?.response_format);
}

function leftOutOf(front: FrontMatter): string[] {
  const given = front.model ?? {};
  return [
    ...namesBeyond(front, Object.keys(frontMatter.shape)),
    ...namesBeyond(front.metadata ?? {}, ['whetstone'], 'metadata.'),
    ...namesBeyond(given, ['apiType', 'api', 'options', 'parameters'], 'model.'),
    ...namesBeyond(front.model?.options ?? {}, Object.keys(options.shape), 'model.options.'),
    ...namesBeyond(front.model?.parameters ?? {}, Object.keys(parameters.shape), 'model.parameters.'),
  ];
}

/**
 * Writes a version as a `.prompty`. Templates that are more than plain variables stay Handlebars and are declared so, because Jinja would read
 * them otherwise. Throws `prompty_not_possible` where a message holds a line that Prompty takes for the next message, and where the blank lines that it
 * drops around a message are part of the beginning that a model continues.
 */
export function writePrompty({ prompt, version, variables, release }: ExportedPrompt): string {
  const { messages, parameters: given, responseFormat: format } = version.content;
  for (const [index, { content }] of messages.entries()) refuseBoundary(content, index);
  refuseBlankLines(messages.at(-1), messages.length);
  const plain = messages.every(({ content }) => beyondPlainVariables(content) === null);
  const head = frontMatterText({
    name: prompt.slug,
    description: version.note === '' ? undefined : version.note,
    ...(format.type === 'labels' && { metadata: { whetstone: { labels: format.labels } } }),
    model: {
      id: release?.model.slice(release.model.indexOf('/') + 1),
      apiType: 'chat',
      options: {
        temperature: given.temperature,
        topP: given.topP,
        maxOutputTokens: given.maxTokens,
        seed: given.seed,
        stopSequences: given.stop,
        ...(format.type === 'json' && {
          additionalProperties: {
            response_format: { type: 'json_schema', json_schema: namedSchema(format.schema) },
          },
        }),
      },
    },
    inputs: Object.fromEntries(variables.map((name) => [name, { kind: 'string' }])),
    template: { format: { kind: plain ? 'jinja2' : 'handlebars' }, parser: { kind: 'prompty' } },
  });
  const note = plain ? '' : `${handlebarsNote}\n`;
  return `---\n${note}${head}---\n${messages.map(({ role, content }) => `${role}:\n${content}\n`).join('\n')}`;
}

const handlebarsNote = '# The messages are Handlebars templates: the Prompty runtime needs a renderer of that name.';

function refuseBoundary(content: string, index: number): void {
  const line = content.split('\n').findIndex((text) => boundary.test(text));
  if (line === -1) return;
  throw invalid(
    'prompty_not_possible',
    `Message ${index + 1} has a line ${line + 1} that Prompty would take for the beginning of another message. Reword it, or export as prompt.yml.`,
    { details: { message: index, line: line + 1 } },
  );
}

function refuseBlankLines(last: Message | undefined, number: number): void {
  if (last?.role !== 'assistant' || !/^\n|\n$/.test(last.content)) return;
  throw invalid(
    'prompty_not_possible',
    `Message ${number} is the beginning of the answer, and Prompty would drop the line break at its start or end. Remove it, or export as prompt.yml.`,
    { details: { message: number - 1, line: null } },
  );
}

/** A Prompty reader looks for the closing fence anywhere, in texts as well. */
function frontMatterText(fields: object): string {
  const text = toYaml(fields);
  if (!/---|\+\+\+/.test(text)) return text;
  const quoted = toYaml(fields, { defaultStringType: 'QUOTE_DOUBLE', doubleQuotedAsJSON: true });
  return quoted.replaceAll('---', String.raw`\x2d\x2d\x2d`).replaceAll('+++', String.raw`\x2b\x2b\x2b`);
}
