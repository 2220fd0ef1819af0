import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { unavailable } from '../domain/errors.ts';
import type { PriceTable } from '../domain/price.ts';

const perMillionTokens = z.number().nonnegative();
const priceTable = z.object({
  date: z.string(),
  source: z.string(),
  batchShares: z.record(z.string(), z.number().positive().max(1)).optional(),
  prices: z.record(
    z.string(),
    z.object({ input: perMillionTokens, cachedInput: perMillionTokens.nullable(), output: perMillionTokens }),
  ),
});

/** Reads `data/prices.json`. Throws `prices_unreadable`. */
export async function readPriceTable(file: string): Promise<PriceTable> {
  try {
    return priceTable.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw unavailable('prices_unreadable', `The price table ${file} can't be read: ${reason}`, { cause });
  }
}
