/** The part of JSON Schema that the server's document uses. */
export type Schema = {
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
};
type Content = Record<string, { schema?: Schema }>;
type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
type OperationObject = {
  summary?: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content }>;
};
export type OpenApiDocument = { info: { version: string }; paths: Record<string, Record<string, OperationObject>> };

/** One operation, flat: what the page shows. */
export type Operation = {
  id: string;
  /** The kind of thing that it is about: the first word of its path that names one. */
  group: string;
  method: string;
  path: string;
  summary: string;
  parameters: Parameter[];
  body: Schema | null;
  answer: { status: string; mediaType: string | null; schema: Schema | null };
};

/** All operations in the document's order. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: `${method}-${path.replace(/\W+/g, '-')}`,
      group: groupOf(path),
      method: method.toUpperCase(),
      path,
      summary: operation.summary ?? '',
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content['application/json']?.schema ?? null,
      answer: answerOf(operation),
    })),
  );
}

/** `/api/projects/{project}/runs/plan` is about runs, `/api/projects/{project}` about projects. */
function groupOf(path: string): string {
  const [, first = '', owner, inner] = path.split('/').filter((part) => part !== '');
  return first === 'projects' && owner !== undefined ? (inner ?? first) : first;
}

function answerOf({ responses }: OperationObject): Operation['answer'] {
  const [status, response] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? ['200', {}];
  const [mediaType, content] = Object.entries(response.content ?? {})[0] ?? [null, null];
  return { status, mediaType, schema: content?.schema ?? null };
}

/** A schema's type in a few words: `string`, `number | null`, `"dev" | "holdout"`, `array of object`. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' | ');
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeOf).join(', ')}]`;
  if (schema.items !== undefined) return `array of ${typeOf(schema.items)}`;
  if (schema.type === undefined) return 'any';
  return Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type;
}

/** Limits that a value must keep, as short as they can be said. */
export function limitsOf(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format } = schema;
  const between = (from: number | undefined, to: number | undefined, unit: string) => {
    const upper = to === Number.MAX_SAFE_INTEGER ? undefined : to;
    if (from === undefined && upper === undefined) return [];
    return [`${from ?? ''}…${upper ?? ''} ${unit}`.trim()];
  };
  return [
    ...between(minimum, maximum, ''),
    ...between(minLength, maxLength, 'characters'),
    ...between(minItems, maxItems, 'items'),
    ...(format === undefined ? [] : [format]),
    ...(pattern === undefined ? [] : [pattern]),
  ];
}

/** What a schema consists of, to be shown below it. */
export function partsOf(schema: Schema): { name: string; schema: Schema; required: boolean }[] {
  if (schema.properties !== undefined) {
    const required = new Set(schema.required);
    return Object.entries(schema.properties).map(([name, part]) => ({
      name,
      schema: part,
      required: required.has(name),
    }));
  }
  if (schema.items !== undefined) return partsOf(schema.items);
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter((choice) => partsOf(choice).length > 0);
  if (choices.length === 1) return choices.flatMap(partsOf);
  return choices.map((choice) => ({ name: choiceName(choice), schema: choice, required: true }));
}

/** A variant of a union goes by the constant that tells it from the others. */
function choiceName({ properties = {} }: Schema): string {
  const tag = Object.entries(properties).find(([, part]) => part.const !== undefined);
  return tag === undefined ? 'object' : `${tag[0]}: ${JSON.stringify(tag[1].const)}`;
}

/** The least that a schema takes, with values to be replaced. */
export function exampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return exampleOf(choice);
  if (schema.items !== undefined)
    return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => exampleOf(schema.items ?? {}));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const required = partsOf(schema).filter((part) => part.required);
    return Object.fromEntries(required.map(({ name, schema: part }) => [name, exampleOf(part)]));
  }
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 0, 1);
  if (type === 'boolean') return true;
  if (type === 'string') return schema.format === 'uri' ? 'http://127.0.0.1:8000/v1' : '…';
  return '…';
}

/** The operation as a command for a terminal. */
export function curlOf({ method, path, parameters, body, answer }: Operation, origin: string): string {
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const search = query.map(({ name, schema }) => `${name}=${exampleOf(schema ?? {})}`).join('&');
  const url = `${origin}${path}${search === '' ? '' : `?${search}`}`;
  const options = [
    ...(answer.mediaType === 'text/event-stream' ? ['-N'] : []),
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(body === null ? [] : [`-H 'content-type: application/json'`, `-d '${JSON.stringify(exampleOf(body))}'`]),
  ];
  return ['curl', ...options, `'${url}'`].join(options.length > 1 ? ' \\\n  ' : ' ');
}
