import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPriceTable } from '../../server/formats/price-table.ts';

const shipped = path.join(import.meta.dirname, '../../data/prices.json');

test('the table that ships names its source and date, and no price stands out of line', async () => {
  const { date, source, prices } = await readPriceTable(shipped);
  expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(source).toContain('OpenAI');
  const names = ['openai/gpt-5-mini', 'openai/gpt-4.1', 'openai/gpt-4o-mini', 'openai/o3'];
  expect(Object.keys(prices)).toEqual(expect.arrayContaining(names));
  expect(prices['openai/gpt-5-mini']).toEqual({ input: 0.25, cachedInput: 0.025, output: 2 });
  for (const [name, price] of Object.entries(prices)) {
    expect(name).toMatch(/^[^/]+\/.+$/);
    if (name.includes('embedding')) expect(price.output).toBe(0);
    else expect(price.output).toBeGreaterThan(price.input);
    expect(price.cachedInput ?? 0).toBeLessThan(price.input);
  }
});

describe('a table that can’t be used', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prices-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['{', /JSON/],
    ['{}', /date/],
    [
      '{"date": "2026-01-01", "source": "us", "prices": {"a/b": {"input": -1, "cachedInput": null, "output": 1}}}',
      /input/,
    ],
  ])('%s', async (text, said) => {
    const file = path.join(folder, 'prices.json');
    writeFileSync(file, text);
    await expect(readPriceTable(file)).rejects.toThrow(expect.objectContaining({ code: 'prices_unreadable' }));
    await expect(readPriceTable(file)).rejects.toThrow(said);
  });

  test('one that is not there', async () => {
    await expect(readPriceTable(path.join(folder, 'none.json'))).rejects.toThrow(/none\.json/);
  });
});
