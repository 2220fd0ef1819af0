import { z } from 'zod';
import { author, instant, type RouteContract } from './route.ts';

const perMillionTokens = z.number().nonnegative().max(1_000_000);
/** USD per million tokens; cached input has the price of input where it is null. */
export const price = z.object({
  input: perMillionTokens,
  cachedInput: perMillionTokens.nullable(),
  output: perMillionTokens,
});
const batchShare = z.number().positive().max(1);
const said = z.object({ asOf: z.string(), source: z.string(), author: z.string(), createdAt: instant });
const change = z.intersection(
  said.extend({ id: z.number(), subject: z.string() }),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('price'), value: price.nullable() }),
    z.object({ kind: z.literal('batch_share'), value: z.number().nullable() }),
  ]),
);
export const tableAge = z.object({
  date: z.string(),
  source: z.string(),
  ageDays: z.number(),
  /** Older than 90 days. */
  old: z.boolean(),
});

const subject = z.string().trim().min(1).max(200);
/** Where a price stands and on which day it was read there; today unless said. */
const saying = { asOf: z.iso.date().optional(), source: z.string().trim().max(500), author };

export const priceRoutes = {
  'GET /api/prices': {
    summary: 'Every price that is known, from the program and from people; a person’s own goes before.',
    response: z.object({
      table: tableAge,
      prices: z.array(
        z.object({ model: z.string(), shipped: price.nullable(), own: said.extend({ price }).nullable() }),
      ),
      batchShares: z.array(
        z.object({
          connection: z.string(),
          shipped: z.number().nullable(),
          own: said.extend({ share: z.number() }).nullable(),
        }),
      ),
    }),
  },
  'GET /api/prices/changes': {
    summary: 'What people said of the price of a model, or of the batch share of a connection, newest first.',
    query: z.object({ subject }),
    response: z.object({ changes: z.array(change) }),
  },
  'PUT /api/prices': {
    summary: 'Sets an own price of a model, USD per million tokens. Whatever is priced from now on has it.',
    body: z.strictObject({
      model: subject,
      ...price.shape,
      cachedInput: price.shape.cachedInput.default(null),
      ...saying,
    }),
    response: change,
  },
  'PUT /api/prices/batch-share': {
    summary: 'Sets which part of its price a connection asks in batches.',
    body: z.strictObject({ connection: subject, share: batchShare, ...saying }),
    response: change,
  },
  'POST /api/prices/take-back': {
    summary: 'Takes an own price or batch share back: what came with the program holds again, or nothing.',
    body: z.strictObject({
      kind: z.enum(['price', 'batch_share']),
      subject,
      source: z.string().trim().max(500).default(''),
      author,
    }),
    response: change,
  },
} satisfies Record<string, RouteContract>;
