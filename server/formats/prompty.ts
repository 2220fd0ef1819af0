import { z } from 'zod';
import { invalid } from '../domain/errors.ts';
import type { Message, ModelParameters, PromptContent } from '../domain/prompt.ts';
import { compilePrompt } from '../domain/template.ts';
import type { ExportedPrompt } from './exported-prompt.ts';
import { type FileProblem, fileError } from './file-problem.ts';
import { jinja, toJinja } from './jinja.ts';
import { translated } from './not-expressible.ts';
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
  metadata: z
    .looseObject({
      whetstone: z
        .strictObject({ labels, release: z.number().optional(), evidenceDigest: z.string().optional() })
        .optional(),
    })
    .nullish(),
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
      messages: sections.map(({ message }) =>
        front.template === 'handlebars' ? message : { ...message, content: withBraces(message.content) },
      ),
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

/** `{{ "{" }}` is how a brace is written that begins no tag; before another brace Handlebars needs a mark of its own. */
const writtenBrace = /\{\{ "([{#])" \}\}(\{(?!\{ "))?/g;
const withBraces = (text: string): string =>
  text.replace(writtenBrace, (_, mark, next = '') => (mark === '{' && next === '{' ? '\\{{' : `${mark}${next}`));

function jinjaProblems({ message, line }: Section): FileProblem[] {
  const found = beyondPlainVariables(message.content.replace(writtenBrace, '\0'));
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

const refusal = { code: 'prompty_not_possible', format: 'Prompty' };

/**
 * Writes a version as a `.prompty` whose messages are Jinja templates, which every runtime of Prompty renders. Throws `prompty_not_possible` where a
 * template says what Jinja can't, or a message holds what Prompty reads otherwise.
 */
export function writePrompty({ prompt, version, variables, release }: ExportedPrompt): string {
  const { messages, parameters: given, responseFormat: format } = version.content;
  messages.forEach(refuseOtherwiseRead);
  const { required } = compilePrompt(version.content);
  const bodies = translated(messages, refusal, ({ role, content }) => `${role}:\n${toJinja(content, jinja)}\n`);
  const origin = {
    ...(format.type === 'labels' && { labels: format.labels }),
    ...(release !== null && { release: release.number, evidenceDigest: release.evidenceDigest }),
  };
  const head = frontMatterText({
    name: prompt.slug,
    description: version.note === '' ? undefined : version.note,
    metadata: Object.keys(origin).length === 0 ? undefined : { whetstone: origin },
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
    inputs: Object.fromEntries(
      variables.map((name) => [name, { kind: 'string', ...(required.includes(name) && { required: true }) }]),
    ),
    template: { format: { kind: 'jinja2' }, parser: { kind: 'prompty' } },
  });
  return `---\n${head}---\n${bodies.join('\n')}`;
}

/** Python's `splitlines`, by which Prompty takes a message apart and joins it with `\n`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const otherLineBreak = /[\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const marker = /^\s*#?\s*(?:system|user|assistant|developer)(?:\[[^\]]*\])?\s*:\s*$/i;

function refuseOtherwiseRead({ content }: Message, index: number): void {
  const lines = content.split('\n');
  const find = (reads: (text: string, line: number) => boolean, why: string) => {
    const line = lines.findIndex(reads);
    if (line === -1) return;
    throw invalid(
      'prompty_not_possible',
      `Message ${index + 1}, line ${line + 1}: ${why} Reword it, or export as prompt.yml.`,
      { details: { message: index, line: line + 1 } },
    );
  };
  find((text) => marker.test(text), 'Prompty would take this line for the beginning of another message.');
  find((text) => otherLineBreak.test(text), 'Prompty would make a plain line break of a character in it.');
  const edge = content.startsWith('\n') ? 0 : content.endsWith('\n') ? lines.length - 1 : -1;
  if (edge >= 0) find((_, line) => line === edge, 'Prompty drops line breaks at the start and end of a message.');
}

/** A Prompty reader looks for the closing fence anywhere, in texts as well. */
function frontMatterText(fields: object): string {
  const text = toYaml(fields);
  if (!/---|\+\+\+/.test(text)) return text;
  const quoted = toYaml(fields, { defaultStringType: 'QUOTE_DOUBLE', doubleQuotedAsJSON: true });
  return quoted.replaceAll('---', String.raw`\x2d\x2d\x2d`).replaceAll('+++', String.raw`\x2b\x2b\x2b`);
}
