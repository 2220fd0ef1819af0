import { expect, test } from 'vitest';
import { costOf, freePrice, type PriceTable, priceOf } from '../../server/domain/price.ts';

const price = (input: number) => ({ input, cachedInput: input / 10, output: input * 8 });
const table: PriceTable = {
  date: '2026-01-01',
  source: 'made up',
  prices: { 'openai/gpt-5': price(1), 'openai/gpt-5-mini': price(2), 'openai/gpt-5-2024-05-13': price(3) },
};

test.each([
  ['openai/gpt-5', 1],
  ['openai/gpt-5-2025-08-07', 1],
  ['openai/gpt-5-0613', 1],
  ['openai/gpt-5-latest', 1],
  ['openai/gpt-5-mini-2025-08-07', 2],
  ['openai/gpt-5-2024-05-13', 3],
  ['openai/gpt-5-pro', undefined],
  ['openai/gpt-50', undefined],
  ['other/gpt-5', undefined],
])('the price of %s', (reference, input) => {
  expect(priceOf(table, reference)?.input).toBe(input);
});

test('cached tokens are part of the input, at their own price or at the input’s', () => {
  const usage = { inputTokens: 1_000_000, outputTokens: 500_000, cachedInputTokens: 400_000 };
  expect(costOf({ input: 2, cachedInput: 0.5, output: 8 }, usage)).toBeCloseTo(0.6 * 2 + 0.4 * 0.5 + 0.5 * 8, 12);
  expect(costOf({ input: 2, cachedInput: null, output: 8 }, usage)).toBeCloseTo(2 + 4, 12);
  expect(costOf(freePrice, usage)).toBe(0);
  expect(costOf(null, usage)).toBeNull();
});
