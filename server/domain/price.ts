import type { TokenUsage } from './completion.ts';

/** USD per million tokens. */
export type Price = { input: number; cachedInput: number | null; output: number };
/** Prices by model reference, `connection/name`. */
export type PriceTable = { date: string; source: string; prices: Readonly<Record<string, Price>> };

/** A model's price; a dated or otherwise suffixed name (`gpt-5-mini-2025-08-07`) has the price of the longest name that begins it. */
export function priceOf(table: PriceTable, reference: string): Price | null {
  const exact = table.prices[reference];
  if (exact !== undefined) return exact;
  const longest = Object.keys(table.prices)
    .filter((name) => reference.startsWith(`${name}-`))
    .sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (table.prices[longest] ?? null);
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
