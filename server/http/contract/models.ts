import { z } from 'zod';
import { modelPurposes } from '../../domain/model.ts';
import { sizeClasses } from '../../domain/model-facts.ts';
import { type RouteContract, saying } from './route.ts';

const destination = z.enum(['in_process', 'loopback', 'network']);
const table = z.object({ date: z.string(), source: z.string() });
export const model = z.object({
  reference: z.string(),
  connection: z.string(),
  name: z.string(),
  destination,
  standIn: z.boolean(),
  /** USD per million tokens; null where the table has none. */
  price: z.object({ input: z.number(), cachedInput: z.number().nullable(), output: z.number() }).nullable(),
  facts: z.object({
    weights: z.enum(['open', 'closed']).nullable(),
    licence: z.string().nullable(),
    parameters: z.number().nullable(),
    contextTokens: z.number().nullable(),
  }),
  sizeClass: z.enum(sizeClasses).nullable(),
  /** Over the newest calls of all runs made here, answers from the cache left out; null before the first. */
  speed: z.object({ calls: z.number(), latencyP50Ms: z.number(), outputTokensPerSecond: z.number() }).nullable(),
  /** False where the project's scope keeps its data on this machine and the model is elsewhere. */
  allowed: z.boolean(),
});
const perMinute = z.int().min(1).max(1_000_000_000).nullable();
const rateLimits = z.object({ requestsPerMinute: perMinute, tokensPerMinute: perMinute });
export const connection = z.object({
  slug: z.string(),
  name: z.string(),
  baseUrl: z.string().nullable(),
  destination,
  /** Name of the environment variable that holds the key; the key itself is never shown. */
  keyVariable: z.string().nullable(),
  keyPresent: z.boolean(),
  /** `built_in` and `detected` ones can't be removed. */
  kind: z.enum(['built_in', 'environment', 'detected', 'added']),
  state: z.enum(['reachable', 'unreachable', 'no_key']),
  /** Why it can't be used; empty where it can. Pages say it by the code. */
  reason: z.string(),
  reasonCode: z.string().optional(),
  modelCount: z.number(),
  /** What is asked of it in a minute at most, null where there is no limit; null as a whole where it runs in this program. */
  limits: rateLimits.nullable(),
});

/** A model whose file lies on this machine, or may. */
export const localModel = z.object({
  name: z.string(),
  title: z.string(),
  /** `known` ones can be fetched; `file` ones were added by path. */
  kind: z.enum(['known', 'file']),
  licence: z.string().nullable(),
  /** What has to be agreed to before it is fetched. */
  terms: z.object({ title: z.string(), url: z.string(), text: z.string() }).nullable(),
  parameters: z.number().nullable(),
  contextTokens: z.number().nullable(),
  fileBytes: z.number(),
  memoryBytes: z.number(),
  state: z.discriminatedUnion('type', [
    z.object({ type: z.literal('absent') }),
    z.object({
      type: z.literal('fetching'),
      source: z.string(),
      receivedBytes: z.number(),
      totalBytes: z.number(),
    }),
    z.object({ type: z.literal('checking') }),
    z.object({ type: z.literal('ready'), path: z.string(), sha256: z.string() }),
    saying.partial().extend({ type: z.literal('failed'), reason: z.string() }),
  ]),
});
const localModelParams = z.object({ name: z.string().min(1).max(120) });

export const modelRoutes = {
  'GET /api/local-models': {
    summary: 'Models whose file lies on this machine or can be fetched, with the memory that each takes.',
    response: z.object({ models: z.array(localModel), availableMemoryBytes: z.number() }),
  },
  'POST /api/local-models': {
    summary: 'Adds a GGUF file by its path; it stays where it is.',
    body: z.strictObject({ path: z.string().min(1), name: z.string().trim().min(1).max(80).optional() }),
    response: localModel,
  },
  'POST /api/local-models/:name/fetch': {
    summary: 'Starts to fetch the file of a known model; what an earlier attempt left is used.',
    params: localModelParams,
    body: z.strictObject({ acceptTerms: z.boolean().default(false) }),
    response: localModel,
  },
  'POST /api/local-models/:name/stop': {
    summary: 'Stops the fetch of a file; what has come stays for the next attempt.',
    params: localModelParams,
    response: localModel,
  },
  'DELETE /api/local-models/:name': {
    summary: 'Removes the file of a fetched model, or forgets one that was added by path.',
    params: localModelParams,
    response: z.undefined(),
  },
  'GET /api/models': {
    summary: 'Models that answer now, from every connection.',
    query: z.object({
      project: z.string().optional(),
      refresh: z.stringbool().default(false),
      /** Models that answer are listed unless said. */
      purpose: z.enum(modelPurposes).default('answers'),
    }),
    response: z.object({
      models: z.array(model),
      /** What is said of models elsewhere stands in these tables. */
      tables: z.object({ prices: table, facts: table }),
    }),
  },
  'GET /api/connections': {
    summary: 'Connections and whether each can be used.',
    query: z.object({ refresh: z.stringbool().default(false) }),
    response: z.object({ connections: z.array(connection) }),
  },
  'POST /api/connections': {
    summary: 'Adds a connection to an OpenAI-compatible server.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(80),
      baseUrl: z.url({ protocol: /^https?$/ }),
      keyVariable: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/)
        .nullable()
        .default(null),
    }),
    response: connection,
  },
  'PUT /api/connections/:slug/limits': {
    summary: 'Limits the requests and tokens that are asked of a connection in a minute, by all runs together.',
    params: z.object({ slug: z.string() }),
    body: z.strictObject(rateLimits.shape),
    response: connection,
  },
  'DELETE /api/connections/:slug': {
    summary: 'Removes an added connection; runs made with it stay.',
    params: z.object({ slug: z.string() }),
    response: z.undefined(),
  },
  'GET /api/about': {
    summary: 'This program: its version and where its data lies.',
    response: z.object({ version: z.string(), dataDirectory: z.string() }),
  },
} satisfies Record<string, RouteContract>;
