import type { TokenUsage } from './completion.ts';

/** USD per million tokens. */
export type Price = { input: number; cachedInput: number | null; output: number };
/** Prices by model reference, `connection/name`. */
export type PriceTable = {
  date: string;
  source: string;
  prices: Readonly<Record<string, Price>>;
  /** Which part of it a connection asks for answers in batches; all of it where none is said. */
  batchShares?: Readonly<Record<string, number>>;
};

/**
 * Under which model the price of a model stands; null where none is known. A name that ends in a date or in `latest` (`gpt-5-mini-2025-08-07`, `gpt-4-0613`) has the price of the name before; any other
 * ending may be a model of its own price, such as `gpt-5-pro`.
 */
export function pricedAs({ prices }: PriceTable, reference: string): string | null {
  const names = [reference, reference.replace(/-(\d{4}(-\d{2}-\d{2})?|latest)$/, '')];
  return names.find((name) => prices[name] !== undefined) ?? null;
}

/** A model's price, null where none is known. */
export const priceOf = (table: PriceTable, reference: string): Price | null =>
  table.prices[pricedAs(table, reference) ?? ''] ?? null;

/** What a model costs in a batch. */
export function batchPriceOf({ batchShares }: PriceTable, connection: string, price: Price | null): Price | null {
  if (price === null) return null;
  const share = batchShares?.[connection] ?? 1;
  const { input, cachedInput, output } = price;
  return {
    input: share * input,
    cachedInput: cachedInput === null ? null : share * cachedInput,
    output: share * output,
  };
}

/** What a call cost in USD; cached input is part of the input and charged at its own price. */
export function costOf(price: Price | null, usage: TokenUsage): number | null {
  if (price === null) return null;
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const cached = usage.cachedInputTokens * (price.cachedInput ?? price.input);
  return (fresh * price.input + cached + usage.outputTokens * price.output) / 1_000_000;
}

/** A model in this process costs nothing a call. */
export const freePrice: Price = { input: 0, cachedInput: 0, output: 0 };
