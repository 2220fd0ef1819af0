import { z } from 'zod';
import { callPeriods } from '../../domain/cost-plan.ts';
import { price, tableAge } from './prices.ts';
import type { RouteContract } from './route.ts';

const id = z.coerce.number().int().positive();
const tokens = z.coerce.number().nonnegative().max(10_000_000);
const share = z.coerce.number().min(0).max(1);

const question = z.object({
  /** Whose limits count: cost of 1,000 calls, and whether data may leave. */
  project: z.string().optional(),
  /** Where the size of a call is taken from: `in` and `out` as words or tokens, or the mean of a run or of a release's observations. */
  from: z.enum(['words', 'tokens', 'run', 'release']).default('words'),
  in: tokens.default(300),
  out: tokens.default(50),
  run: id.optional(),
  release: id.optional(),
  /** Share of the input that the provider's cache has; unless said as measured, else none. */
  cached: share.optional(),
  /** Share of the calls that go in batches. */
  batch: share.default(0),
  calls: z.coerce.number().nonnegative().max(1_000_000_000_000).default(10_000),
  per: z.enum(callPeriods).default('month'),
  /** `connection/name`, separated by commas; all that have a price or answer unless said. */
  models: z
    .string()
    .max(10_000)
    .default('')
    .transform((text) => text.split(',').flatMap((name) => name.trim() || [])),
});

const usage = z.object({ inputTokens: z.number(), outputTokens: z.number(), cachedInputTokens: z.number() });
const cost = z.object({
  perCall: z.number(),
  per1000: z.number(),
  perMonth: z.number(),
  perYear: z.number(),
  /** 1,000 calls with no input cached and none in batches. */
  per1000Plain: z.number(),
  /** 1,000 calls that all go in batches. */
  per1000Batch: z.number(),
});

export const costRoutes = {
  'GET /api/costs': {
    summary: 'What calls of a size would cost with each model, USD.',
    query: question,
    response: z.object({
      /** Tokens of a call; cached input is part of the input. */
      usage,
      /** How many calls were measured; null where the size was said. */
      measured: z.number().nullable(),
      callsPerMonth: z.number(),
      maxCostUsdPer1000Calls: z.number().nullable(),
      dataMayLeave: z.boolean().nullable(),
      table: tableAge,
      models: z.array(
        z.object({
          reference: z.string(),
          destination: z.enum(['in_process', 'loopback', 'network']),
          answers: z.boolean(),
          allowed: z.boolean(),
          price: price.nullable(),
          own: z.boolean(),
          /** Part of its price that it asks in batches; null where none is known and the full price is counted. */
          batchShare: z.number().nullable(),
          cost: cost.nullable(),
          aboveBudget: z.boolean().nullable(),
          /** How long this machine works for the calls of a month, one after another. */
          msPerMonth: z.number().nullable(),
        }),
      ),
    }),
  },
  'GET /api/costs.csv': {
    summary: 'The same as a file for spreadsheets, a model a line.',
    query: question,
    response: { mediaType: 'text/csv' },
  },
  'POST /api/token-estimate': {
    summary: 'How many tokens a text takes, by the rule of thumb that plans go by. The text is not kept.',
    needs: null,
    body: z.strictObject({ text: z.string().max(1_000_000) }),
    response: z.object({ tokens: z.number() }),
  },
} satisfies Record<string, RouteContract>;
