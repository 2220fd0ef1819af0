import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, formatFields, formatTable } from '../../server/cli/table.ts';

describe('display width', () => {
  test.each([
    ['abc', 3],
    ['情感', 4],
    ['a情b', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👍', 2],
    ['👍🏽', 2],
    ['ｱ', 1],
    ['Ａ', 2],
    ['，。', 4],
    ['95 % – −', 8],
    ['\u001b[1mbold\u001b[22m', 4],
    ['', 0],
  ])('%j takes %i columns', (text, width) => expect(displayWidth(text)).toBe(width));
});

describe('tables', () => {
  const columns = [{ title: 'name' }, { title: 'n', align: 'right' as const }];

  test('columns stand under each other, also with Chinese', () => {
    const lines = formatTable(columns, [
      ['餐厅评论', '5'],
      ['reviews', '1,200'],
    ]).split('\n');
    expect(lines).toEqual(['name          n', '餐厅评论      5', 'reviews   1,200']);
  });

  test('a cell is one line, cut where it is long', () => {
    const [, line] = formatTable([{ title: 'note' }], [[`first\nsecond ${'很'.repeat(80)}`]]).split('\n');
    expect(line).toMatch(/^first second 很+…$/);
    expect(displayWidth(line ?? '')).toBeLessThanOrEqual(60);
  });

  test('the last column of every row ends at the same place when it is aligned right', () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        const lines = formatTable(
          columns,
          cells.map((text) => [text, '7']),
        ).split('\n');
        expect(new Set(lines.map(displayWidth)).size).toBe(1);
      }),
    );
  });

  test('fields have their values in one column', () => {
    expect(
      formatFields([
        ['run', '3'],
        ['pass rate', '80.0 %'],
      ]),
    ).toBe('run        3\npass rate  80.0 %');
  });
});
