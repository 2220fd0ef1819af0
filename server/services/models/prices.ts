import { invalid, missing } from '../../domain/errors.ts';
import { parseModelReference } from '../../domain/model.ts';
import type { Price, PriceTable } from '../../domain/price.ts';
import {
  daysSince,
  type NewPriceChange,
  oldPricesAfterDays,
  type PriceChange,
  withOwnPrices,
} from '../../domain/price-change.ts';
import type { Stores } from '../../storage/stores.ts';
import type { Workbench } from '../workbench.ts';

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

type Parts = Pick<Workbench, 'stores' | 'prices'>;
type Said = Pick<PriceChange, 'asOf' | 'source' | 'author' | 'createdAt'>;
export type ListedPrice = { model: string; shipped: Price | null; own: (Said & { price: Price }) | null };
export type ListedShare = { connection: string; shipped: number | null; own: (Said & { share: number }) | null };
export type TableAge = Pick<PriceTable, 'date' | 'source'> & { ageDays: number; old: boolean };

/** How old the prices are that came with the program. */
export function tableAge({ prices: { shipped } }: Pick<Workbench, 'prices'>, now: Date): TableAge {
  const ageDays = daysSince(shipped.date, now);
  return { date: shipped.date, source: shipped.source, ageDays, old: ageDays > oldPricesAfterDays };
}

/** Every price that is known, from the program and from people, by model. */
export async function listPrices({ stores, prices: { shipped } }: Parts) {
  const own = await stores.prices.present();
  const prices = new Map<string, ListedPrice>(
    Object.entries(shipped.prices).map(([model, price]) => [model, { model, shipped: price, own: null }]),
  );
  const shares = new Map<string, ListedShare>(
    Object.entries(shipped.batchShares ?? {}).map(([connection, share]) => [
      connection,
      { connection, shipped: share, own: null },
    ]),
  );
  for (const { kind, subject, value, asOf, source, author, createdAt } of own) {
    const said = { asOf, source, author, createdAt };
    if (kind === 'price' && value !== null) {
      prices.set(subject, { model: subject, shipped: shipped.prices[subject] ?? null, own: { ...said, price: value } });
    }
    if (kind === 'batch_share' && value !== null) {
      const before = shipped.batchShares?.[subject] ?? null;
      shares.set(subject, { connection: subject, shipped: before, own: { ...said, share: value } });
    }
  }
  const byName = (a: string, b: string) => (a < b ? -1 : 1);
  return {
    prices: [...prices.values()].sort((a, b) => byName(a.model, b.model)),
    batchShares: [...shares.values()].sort((a, b) => byName(a.connection, b.connection)),
  };
}

/** Puts a person's own price, or batch share, in place of what was known. Throws `model_reference_invalid`, `price_source_missing`. */
export async function setPrice({ stores }: Pick<Workbench, 'stores'>, change: NewPriceChange): Promise<PriceChange> {
  if (change.kind === 'price') parseModelReference(change.subject);
  const source = change.source.trim();
  if (source === '') {
    throw invalid('price_source_missing', 'Say where the price stands, such as the address of the price list.');
  }
  return stores.prices.add({ ...change, source });
}

/** Takes an own price back: what came with the program holds again, or nothing. Throws `price_missing`. */
export async function takePriceBack(
  { stores }: Pick<Workbench, 'stores'>,
  { kind, subject, ...said }: Omit<NewPriceChange, 'value'>,
): Promise<PriceChange> {
  const own = (await stores.prices.present()).some((change) => change.kind === kind && change.subject === subject);
  if (own) return stores.prices.add({ kind, subject, value: null, ...said });
  throw missing(
    'price_missing',
    `There is no price of your own for ${subject} that could be taken back. "whetstone prices list" shows those there are.`,
  );
}
