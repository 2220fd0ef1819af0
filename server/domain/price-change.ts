import { dayMs } from './durations.ts';
import type { Price, PriceTable } from './price.ts';

/** A person's own price of a model, or share of it that a connection asks in batches; null where it was taken back. */
type PriceValue =
  | { kind: 'price' /** `connection/name`. */; subject: string; value: Price | null }
  | { kind: 'batch_share' /** Slug of a connection. */; subject: string; value: number | null };

export type NewPriceChange = PriceValue & {
  /** Day on which it was read there, `2026-11-30`. */
  asOf: string;
  /** Where the price stands, or why it was taken back. */
  source: string;
  author: string;
};
/** Append-only: which price held when explains what earlier runs cost. */
export type PriceChange = NewPriceChange & { id: number; createdAt: string };

/** The table with a person's own prices, each the newest of its subject, in place of its own. */
export function withOwnPrices(table: PriceTable, own: readonly PriceChange[]): PriceTable {
  const prices = { ...table.prices };
  const batchShares = { ...table.batchShares };
  for (const change of own) {
    if (change.kind === 'price' && change.value !== null) prices[change.subject] = change.value;
    if (change.kind === 'batch_share' && change.value !== null) batchShares[change.subject] = change.value;
  }
  return { ...table, prices, batchShares };
}

/** A table older than so many days is warned of. */
export const oldPricesAfterDays = 90;

/** Whole days from one day, `2026-11-30`, to an instant; 0 for a day to come. */
export const daysSince = (day: string, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(day)) / dayMs));
