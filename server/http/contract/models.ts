import { z } from 'zod';
import type { RouteContract } from './route.ts';

const destination = z.enum(['in_process', 'loopback', 'network']);
export const model = z.object({
  reference: z.string(),
  connection: z.string(),
  name: z.string(),
  destination,
  standIn: z.boolean(),
  /** USD per million tokens; null where the table has none. */
  price: z.object({ input: z.number(), cachedInput: z.number().nullable(), output: z.number() }).nullable(),
  /** False where the project's scope keeps its data on this machine and the model is elsewhere. */
  allowed: z.boolean(),
});
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
  /** Why it can't be used; empty where it can. */
  reason: z.string(),
  modelCount: z.number(),
});

export const modelRoutes = {
  'GET /api/models': {
    summary: 'Models that answer now, from every connection.',
    query: z.object({ project: z.string().optional(), refresh: z.stringbool().default(false) }),
    response: z.object({ models: z.array(model) }),
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
