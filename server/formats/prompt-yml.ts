import { z } from 'zod';
import { errorMessage } from '../domain/errors.ts';
import type { ResponseFormat } from '../domain/prompt.ts';
import { exportOrigin } from './export-origin.ts';
import type { ExportedPrompt } from './exported-prompt.ts';
import {
  beyondPlainVariables,
  labels,
  namedSchema,
  namesBeyond,
  role,
  schemaOf,
  seed,
  share,
  stop,
  temperature,
  tokenCount,
  toYaml,
} from './prompt-fields.ts';
import type { PromptFile } from './prompt-file.ts';
import { toolChoice, tools } from './tools.ts';
import { readYaml } from './yaml-source.ts';

/** JSON as text, as GitHub Models writes it, or as YAML. */
const jsonSchema = z.preprocess(
  (value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `it is not JSON (${errorMessage(error)})`,
      });
      return z.NEVER;
    }
  },
  z.record(z.string(), z.json()),
);

const parameters = z.looseObject({
  temperature,
  topP: share,
  maxTokens: tokenCount,
  maxCompletionTokens: tokenCount,
  seed,
  stop,
  tools: tools.optional(),
  toolChoice: toolChoice.optional(),
});

/** https://docs.github.com/github-models/use-github-models/storing-prompts-in-github-repositories; `whetstone` is this program's own part. */
const fields = z
  .looseObject({
    name: z.string().optional(),
    description: z.string().optional(),
    messages: z.array(z.strictObject({ role, content: z.string() })).min(1),
    modelParameters: parameters.nullish(),
    responseFormat: z.enum(['text', 'json_object', 'json_schema']).optional(),
    jsonSchema: jsonSchema.optional(),
    whetstone: z.strictObject({ labels, note: z.string().optional() }).optional(),
  })
  .refine((file) => file.responseFormat !== 'json_schema' || file.jsonSchema !== undefined, {
    path: ['responseFormat'],
    message: 'json_schema needs a "jsonSchema"',
  })
  .refine((file) => file.whetstone?.labels === undefined || (file.responseFormat ?? 'text') === 'text', {
    path: ['responseFormat'],
    message: 'an answer is one of the labels or it is JSON, not both',
  });

/** Reads a `.prompt.yml` of GitHub Models. Throws `prompt_file_invalid`. */
export function readPromptYml(fileName: string, text: string): PromptFile {
  const file = readYaml({ fileName, text }, fields, 'prompt_file_invalid');
  const given = file.modelParameters ?? {};
  return {
    content: {
      messages: file.messages,
      parameters: {
        temperature: given.temperature,
        topP: given.topP,
        maxTokens: given.maxTokens ?? given.maxCompletionTokens,
        seed: given.seed,
        stop: given.stop,
        tools: given.tools,
        toolChoice: given.toolChoice,
      },
      responseFormat: responseFormat(file),
    },
    note: file.whetstone?.note ?? file.description ?? '',
    leftOut: [
      ...namesBeyond(file, Object.keys(fields.shape)),
      ...namesBeyond(given, Object.keys(parameters.shape), 'modelParameters.'),
    ],
  };
}

function responseFormat(file: z.output<typeof fields>): ResponseFormat {
  if (file.whetstone?.labels) return { type: 'labels', labels: file.whetstone.labels };
  if (file.responseFormat === 'json_object') return { type: 'json', schema: { type: 'object' } };
  if (file.responseFormat !== 'json_schema' || file.jsonSchema === undefined) return { type: 'text' };
  return { type: 'json', schema: schemaOf(file.jsonSchema) };
}

/** Writes a version as a `.prompt.yml`: GitHub Models and `readPromptYml` read it. */
export function writePromptYml({ prompt, version, release }: ExportedPrompt): string {
  const { messages, parameters: given, responseFormat: format } = version.content;
  const yaml = toYaml({
    name: prompt.name,
    description: version.note === '' ? undefined : version.note,
    model: release?.model,
    modelParameters: Object.keys(given).length === 0 ? undefined : given,
    messages,
    ...(format.type === 'json' && {
      responseFormat: 'json_schema',
      jsonSchema: JSON.stringify(namedSchema(format.schema), null, 2),
    }),
    ...(format.type === 'labels' && { whetstone: { labels: format.labels } }),
  });
  const plain = messages.every((message) => beyondPlainVariables(message.content) === null);
  const notes = [
    ...(release === null ? [] : exportOrigin({ prompt, version, release }).map((line) => `# ${line}`)),
    ...(plain ? [] : [handlebarsNote]),
  ];
  return [...notes, yaml].join('\n');
}

const handlebarsNote =
  '# The messages are Handlebars templates; GitHub Models itself fills in plain {{variables}} only.';
