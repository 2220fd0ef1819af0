import { parse } from 'csv-parse/sync';
import { assert, array as list, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../server/formats/result-table.ts';

describe('a line of a table', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('has no formula in %j', (text) => {
    expect(csvLine([text])).toMatch(/^"?'/);
  });

  it('keeps other texts, numbers and nothing as they are', () => {
    expect(csvLine(['a=b', -1, 0.5, true, null, '', '味道'])).toBe('a=b,-1,0.5,true,,,味道\r\n');
  });

  it('is read again as what it was', () => {
    const fields = list(string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 });
    assert(
      property(fields, (cells) => {
        const [read] = parse(csvLine(['first', ...cells]));
        expect(read).toEqual(['first', ...cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))]);
      }),
    );
  });
});
