import { invalid } from '../../domain/errors.ts';
import { freePrice, type Price, type PriceTable, priceOf } from '../../domain/price.ts';
import type { Provider } from '../../providers/provider.ts';

/** A model on this machine costs nothing a call; any other has the price of the table, or none. */
export const priceFor = (table: PriceTable, reference: string, provider: Pick<Provider, 'destination'>): Price | null =>
  priceOf(table, reference) ?? (provider.destination === 'network' ? null : freePrice);

/** Without a price nobody would know when the cap is reached. */
export const capWithoutPrice = (model: string) =>
  invalid(
    'cost_cap_without_price',
    `A cost cap can't be kept: no price is known for ${model}. Add one in Settings or by "whetstone prices set", or run without a cap.`,
    { details: { model } },
  );
