import { z } from 'zod';
import { contract } from './contract/index.ts';
import type { RouteContract } from './contract/route.ts';

const errorSchema = z.object({
  error: z.object({
    code: z.string().describe('Stable, for programs.'),
    message: z.string().describe('What happened and what to do, for people.'),
    details: z.record(z.string(), z.json()),
  }),
});

type Json = Record<string, unknown>;

/** The HTTP interface as an OpenAPI 3.1 document, made from the schemas that check the requests. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [key, route] of Object.entries(contract)) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(key, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Whetstone',
      version,
      description:
        'The interface of a Whetstone workbench. It is there for this machine only: requests must name a loopback host, and bodies are JSON, files apart.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Error: jsonSchema(errorSchema, 'output') },
      responses: {
        Error: {
          description: 'Refused or failed: every error has this shape.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
}

function operation(key: string, route: RouteContract): Json {
  return {
    operationId: operationId(key),
    summary: route.summary,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    }),
    ...(route.upload !== undefined && {
      requestBody: { required: true, content: { [route.upload]: { schema: { type: 'string', format: 'binary' } } } },
    }),
    responses: { ...answer(route), default: { $ref: '#/components/responses/Error' } },
  };
}

/** `GET /api/projects/:project/runs` → `getProjectsByProjectRuns`. */
const operationId = (key: string): string =>
  key
    .replace(/:(\w+)/g, 'by-$1')
    .replace(' /api/', ' ')
    .toLowerCase()
    .replace(/[^a-z]+(\w)/g, (_, letter: string) => letter.toUpperCase());

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field, undefined).success,
    schema: jsonSchema(field, 'input'),
  }));
}

function answer({ response }: RouteContract): Json {
  if ('mediaType' in response) {
    return { 200: { description: 'Done.', content: { [response.mediaType]: { schema: { type: 'string' } } } } };
  }
  if (response instanceof z.ZodUndefined) return { 204: { description: 'Done; nothing is given back.' } };
  return { 200: { description: 'Done.', content: { 'application/json': { schema: jsonSchema(response, 'output') } } } };
}

/** The only schema that refers to itself is any JSON value, which in JSON Schema is simply `{}`. */
function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const made: Json = z.toJSONSchema(schema, { io });
  return JSON.parse(
    JSON.stringify(made, (key, value) => {
      if (key === '$schema' || key === '$defs' || key === '~standard') return undefined;
      return typeof value?.$ref === 'string' ? {} : value;
    }),
  );
}
