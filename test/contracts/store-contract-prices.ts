import { expect, it } from 'vitest';
import type { NewPriceChange } from '../../server/domain/price-change.ts';
import type { Opened } from './store-contract.ts';

const price = (input: number) => ({ input, cachedInput: null, output: 2 * input });
const change = (subject: string, input: number | null): NewPriceChange => ({
  kind: 'price',
  subject,
  value: input === null ? null : price(input),
  asOf: '2026-11-30',
  source: 'the price list',
  author: 'Ada',
});
const share = (subject: string, value: number | null): NewPriceChange => ({
  ...change(subject, null),
  kind: 'batch_share',
  value,
});

export function priceContract(opened: Opened): void {
  it('gives the newest of each subject, and none that was taken back', async () => {
    const { prices } = opened().stores;
    expect(await prices.present()).toEqual([]);
    await prices.add(change('lab/small', 1));
    const second = await prices.add(change('lab/small', 2));
    await prices.add(change('lab/large', 9));
    const half = await prices.add(share('lab', 0.5));
    await prices.add(change('lab/large', null));
    expect(await prices.present()).toEqual([half, second]);
    expect(second).toMatchObject({ subject: 'lab/small', value: price(2), source: 'the price list', author: 'Ada' });
    expect(half).toMatchObject({ kind: 'batch_share', value: 0.5 });
    await prices.add(share('lab', null));
    expect(await prices.present()).toEqual([second]);
  });

  it('tells a model from a connection of the same name', async () => {
    const { prices } = opened().stores;
    const model = await prices.add(change('lab', 1));
    const connection = await prices.add(share('lab', 0.5));
    expect(await prices.present()).toEqual([model, connection]);
  });

  it('keeps all that was said of a subject, newest first, and lets none of it be changed', async () => {
    const { stores, execute } = opened();
    for (const input of [1, 2, null]) await stores.prices.add(change('lab/small', input));
    await stores.prices.add(change('lab/other', 7));
    expect((await stores.prices.history('lab/small')).map(({ value }) => value)).toEqual([null, price(2), price(1)]);
    await expect(execute("update priceChange set source = ''")).rejects.toThrow(/append-only/);
    await expect(execute('delete from priceChange')).rejects.toThrow(/append-only/);
  });
}
