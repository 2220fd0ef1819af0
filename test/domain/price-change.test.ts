import { describe, expect, it } from 'vitest';
import { type PriceTable, priceOf } from '../../server/domain/price.ts';
import { daysSince, type PriceChange, withOwnPrices } from '../../server/domain/price-change.ts';

const price = (input: number) => ({ input, cachedInput: null, output: input });
const said = { id: 1, asOf: '2026-11-30', source: 'a list', author: '', createdAt: '2026-11-30T10:00:00Z' };
const table: PriceTable = {
  date: '2026-11-17',
  source: 'the program',
  prices: { 'openai/gpt-5': price(1), 'openai/gpt-5-2024-05-13': price(3) },
  batchShares: { openai: 0.5 },
};

describe('own prices', () => {
  const own: PriceChange[] = [
    { ...said, kind: 'price', subject: 'openai/gpt-5', value: price(7) },
    { ...said, kind: 'price', subject: 'lab/new', value: price(9) },
    { ...said, kind: 'batch_share', subject: 'lab', value: 0.4 },
  ];
  const merged = withOwnPrices(table, own);

  it('go before those of the program, add to them, and leave the table as it is', () => {
    expect(priceOf(merged, 'openai/gpt-5')?.input).toBe(7);
    expect(priceOf(merged, 'lab/new')?.input).toBe(9);
    expect(merged.batchShares).toEqual({ openai: 0.5, lab: 0.4 });
    expect(priceOf(table, 'openai/gpt-5')?.input).toBe(1);
  });

  it('hold for dated versions of a model too, but not for one that has a price of its own', () => {
    expect(priceOf(merged, 'openai/gpt-5-2026-01-01')?.input).toBe(7);
    expect(priceOf(merged, 'openai/gpt-5-2024-05-13')?.input).toBe(3);
  });
});

it('a table is as many whole days old as went by since its day', () => {
  expect(daysSince('2026-11-17', new Date('2026-11-17T23:59:59Z'))).toBe(0);
  expect(daysSince('2026-11-17', new Date('2026-11-30T12:00:00Z'))).toBe(13);
  expect(daysSince('2026-11-30', new Date('2026-11-29T12:00:00Z'))).toBe(0);
});
