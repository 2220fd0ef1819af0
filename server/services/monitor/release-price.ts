import { WhetstoneError } from '../../domain/errors.ts';
import { parseModelReference } from '../../domain/model.ts';
import { type Price, priceOf } from '../../domain/price.ts';
import type { Release } from '../../domain/release.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';

/** What a call of a released model costs; null where it is not known, as with a connection that was removed. */
export async function releasePrice(
  { providers, prices }: Pick<Workbench, 'providers' | 'prices'>,
  { model }: Pick<Release, 'model'>,
): Promise<Price | null> {
  const table = await prices.table();
  const listed = priceOf(table, model);
  if (listed !== null) return listed;
  try {
    return priceFor(table, model, await providers.get(parseModelReference(model).connection));
  } catch (error) {
    if (error instanceof WhetstoneError) return null;
    throw error;
  }
}
