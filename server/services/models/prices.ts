import type { PriceTable } from '../../domain/price.ts';
import { withOwnPrices } from '../../domain/price-change.ts';
import type { Stores } from '../../storage/stores.ts';

/** What models cost: the one source for whatever is priced. */
export type Prices = {
  /** What came with the program. */
  shipped: PriceTable;
  /** The same with the people's own prices over it, as they are now. */
  table(): Promise<PriceTable>;
};

/** Own prices are read each time: another process may have changed them. */
export const pricesOver = (shipped: PriceTable, { prices }: Pick<Stores, 'prices'>): Prices => ({
  shipped,
  table: async () => withOwnPrices(shipped, await prices.present()),
});
