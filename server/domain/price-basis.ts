import type { DataDestination } from './model.ts';
import { freePrice, type Price, type PriceTable, pricedAs } from './price.ts';
import { type PriceChange, withOwnPrices } from './price-change.ts';

/** Who says what a model costs, or which part of it in batches, as of a day. `setAt` is when the person put it there. */
export type PriceOrigin =
  | { type: 'shipped'; asOf: string; source: string }
  | { type: 'own'; asOf: string; source: string; author: string; setAt: string }
  | { type: 'this_machine' };

/** By what the calls of a run were priced; with the share of it where they were made in batches. */
export type PriceBasis = { price: Price; origin: PriceOrigin; batch?: { share: number; origin: PriceOrigin } };

type Model = { reference: string; connection: string; destination: DataDestination };

/** By what a model is priced with these own prices over the table that came with the program; null where no price is known. */
export function priceBasis(
  shipped: PriceTable,
  own: readonly PriceChange[],
  { reference, connection, destination }: Model,
  { batched }: { batched: boolean },
): PriceBasis | null {
  const table = withOwnPrices(shipped, own);
  const subject = pricedAs(table, reference);
  const price = table.prices[subject ?? ''];
  if (subject === null || price === undefined)
    return destination === 'network' ? null : { price: freePrice, origin: { type: 'this_machine' } };
  const originOf = (kind: PriceChange['kind'], about: string): PriceOrigin => {
    const change = own.find((one) => one.kind === kind && one.subject === about && one.value !== null);
    if (change === undefined) return { type: 'shipped', asOf: shipped.date, source: shipped.source };
    const { asOf, source, author, createdAt } = change;
    return { type: 'own', asOf, source, author, setAt: createdAt };
  };
  const share = table.batchShares?.[connection];
  return {
    price,
    origin: originOf('price', subject),
    ...(batched && share !== undefined && { batch: { share, origin: originOf('batch_share', connection) } }),
  };
}
