import { freePrice, type Price, type PriceTable, priceOf } from '../../domain/price.ts';
import type { Provider } from '../../providers/provider.ts';

/** A model on this machine costs nothing a call; any other has the price of the table, or none. */
export const priceFor = (table: PriceTable, reference: string, provider: Pick<Provider, 'destination'>): Price | null =>
  priceOf(table, reference) ?? (provider.destination === 'network' ? null : freePrice);
