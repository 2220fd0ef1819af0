import { expect, it } from 'vitest';
import { pastedCells, pastedFile } from '../../web/src/pages/sets/pasted-table.ts';

it('reads cells as spreadsheets write them: quoted only where they hold a tab or a line break', () => {
  expect(pastedCells('text\tlabel\r\n"two\nlines, ""quoted"""\tgood\r\n"so" he said\tbad\r\n""\t"\r\n')).toEqual([
    ['text', 'label'],
    ['two\nlines, "quoted"', 'good'],
    ['"so" he said', 'bad'],
    ['', '"'],
  ]);
  expect(pastedCells('a\t\tb\n\t\tc')).toEqual([
    ['a', '', 'b'],
    ['', '', 'c'],
  ]);
});

it('writes a table that a strict reader takes, and leaves other texts as they are', async () => {
  const table = pastedFile('text\tlabel\n"so" he said\tbad', 'Pasted');
  expect([table.name, await table.text()]).toEqual(['Pasted.tsv', '"text"\t"label"\n"""so"" he said"\t"bad"']);
  const names = ['[{"a": 1}]', '{"a": 1}\n{"a": 2}', 'a,b\n1,2'].map((text) => pastedFile(text, 'Pasted').name);
  expect(names).toEqual(['Pasted.json', 'Pasted.jsonl', 'Pasted.csv']);
});
