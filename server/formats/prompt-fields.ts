import { Document, type DocumentOptions, type SchemaOptions, type ToStringOptions, visit } from 'yaml';
import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import { messageRoles, type ResponseFormat } from '../domain/prompt.ts';

/** Checks of the model parameters, which each format names in its own way. */
export const temperature = z.number().min(0).max(2).optional();
export const share = z.number().min(0).max(1).optional();
export const tokenCount = z.number().int().positive().optional();
export const seed = z.number().int().optional();
export const stop = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string().min(1)).max(4))
  .optional();
export const role = z.string().toLowerCase().pipe(z.enum(messageRoles));
export const labels = z
  .array(z.string().trim().min(1))
  .min(2)
  .refine((names) => new Set(names).size === names.length, 'a label is there twice')
  .optional();

/** What may follow `response_format` in a request to an OpenAI-compatible server. */
export const openAiResponseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ schema: z.record(z.string(), z.json()) }) }),
]);

export function responseFormatOf(format: z.output<typeof openAiResponseFormat> | undefined): ResponseFormat {
  if (format?.type === 'json_schema') return { type: 'json', schema: format.json_schema.schema };
  return format?.type === 'json_object' ? { type: 'json', schema: { type: 'object' } } : { type: 'text' };
}

/** The schema with the name that the OpenAI interface asks for. */
export const namedSchema = (schema: JsonObject) => ({ name: 'answer', schema });

/** The schema itself, whether or not it stands beside its name. */
export function schemaOf(value: JsonObject): JsonObject {
  const inner: JsonValue | undefined = value.schema;
  return typeof value.name === 'string' && isJsonObject(inner) ? inner : value;
}

/** The fields of an object that are not in a list, for people. */
export const namesBeyond = (value: object, known: readonly string[], prefix = ''): string[] =>
  Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${prefix}${name}`);

/** YAML that older readers understand the same way: what they take for a boolean or a date is quoted. Lines are never folded. */
export function toYaml(value: object, options: DocumentOptions & SchemaOptions & ToStringOptions = {}): string {
  const document = new Document(value, { compat: 'yaml-1.1', ...options });
  visit(document, {
    Scalar(_, scalar) {
      // yaml 2.9 writes lines of nothing but spaces as a block that is read as other lines, or not at all.
      if (typeof scalar.value === 'string' && scalar.value.trim() === '') scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, ...options });
}

const plainVariable = /(?<![\\{])\{\{ *[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)* *\}\}/gu;
const notVariables = /\{\{ *(?:this|true|false|null|undefined|none|not|if|else|each|unless|with|default|json)\b/iu;

/** What of a template only Handlebars or only Jinja reads as it is meant, and its line; null where both read all of it alike. */
export function beyondPlainVariables(template: string): { line: number; text: string } | null {
  const rest = template.replace(plainVariable, (match) =>
    notVariables.test(match) ? match : '\0'.repeat(match.length),
  );
  const found = /\{\{[^\n}]*\}{0,3}|\{%[^\n%]*%?\}?|\{#[^\n#]*#?\}?/.exec(rest);
  if (found === null) return null;
  return { line: template.slice(0, found.index).split('\n').length, text: found[0] };
}
