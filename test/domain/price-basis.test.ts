import { expect, it } from 'vitest';
import { priceBasis } from '../../server/domain/price-basis.ts';
import type { PriceChange } from '../../server/domain/price-change.ts';

const price = { input: 1, cachedInput: null, output: 2 };
const shipped = {
  date: '2026-01-01',
  source: 'the list',
  prices: { 'openai/gpt-5-mini': price },
  batchShares: { openai: 0.5 },
};
const fromTable = { type: 'shipped', asOf: '2026-01-01', source: 'the list' };
const ask = (reference: string, own: readonly PriceChange[] = [], batched = false) =>
  priceBasis(shipped, own, { reference, connection: 'openai', destination: 'network' }, { batched });
const said = { id: 1, asOf: '2026-02-01', source: 'our contract', author: 'Ed', createdAt: '2026-02-02T00:00:00.000Z' };
const own = {
  type: 'own',
  asOf: '2026-02-01',
  source: 'our contract',
  author: 'Ed',
  setAt: '2026-02-02T00:00:00.000Z',
};

it('is the table that came with the program, under the name that the price has there', () => {
  expect(ask('openai/gpt-5-mini-2025-08-07')).toEqual({ price, origin: fromTable });
  expect(ask('openai/unknown')).toBeNull();
});

it('is a person’s price where one holds, each of price and share in batches by itself', () => {
  const change: PriceChange = { ...said, kind: 'batch_share', subject: 'openai', value: 0.4 };
  const batch = { share: 0.4, origin: own };
  expect(ask('openai/gpt-5-mini', [change], true)).toEqual({ price, origin: fromTable, batch });
  expect(ask('openai/gpt-5-mini', [change])).toEqual({ price, origin: fromTable });
  const dearer: PriceChange = { ...said, kind: 'price', subject: 'openai/gpt-5-mini', value: { ...price, output: 3 } };
  expect(ask('openai/gpt-5-mini', [dearer], true)).toEqual({
    price: { ...price, output: 3 },
    origin: own,
    batch: { share: 0.5, origin: fromTable },
  });
});

it('is nothing for a model on this machine without a price', () => {
  const model = { reference: 'local/a', connection: 'local', destination: 'in_process' as const };
  expect(priceBasis(shipped, [], model, { batched: false })).toEqual({
    price: { input: 0, cachedInput: 0, output: 0 },
    origin: { type: 'this_machine' },
  });
});
