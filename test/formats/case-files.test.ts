import { describe, expect, it } from 'vitest';
import { readCaseFile } from '../../server/formats/cases-from-rows.ts';
import { type ReadingOptions, readFileRows } from '../../server/formats/rows.ts';
import { makeWheel } from '../fixtures/wheel.ts';
import { makeWorkbook } from '../fixtures/workbook.ts';

const rows = [
  { id: 'a', review: '菜很好, "真的"', mood: 'positive', tags: 'zh, short', table: 'T1' },
  { id: 'b', review: 'Cold; late | dry\tand\nsalty', mood: 'negative', tags: '', table: 'T1' },
  { id: 'c', review: ' = 2 < 3 & more ', mood: 'positive', tags: 'en', table: 'T2' },
];
const names = ['id', 'review', 'mood', 'tags', 'table'] as const;
const table = (delimiter: string) =>
  [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
    .join('\r\n');
const workbook = makeWorkbook({
  Notes: [['nothing here']],
  Cases: [[...names], ...rows.map((row) => names.map((name) => row[name] || null))],
});
const utf16 = (text: string, mark = '') => Buffer.from(`${mark}${text}`, 'utf16le');
/** Node decodes GB18030 and does not encode it: the two-byte characters are found by decoding all of them. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return Buffer.from([...text].flatMap((character) => codes.get(character) ?? [character.charCodeAt(0)]));
}

const files: [string, Buffer, ReadingOptions][] = [
  ['cases.csv', Buffer.from(table(',')), {}],
  ['with-mark.csv', Buffer.from(`\uFEFF${table(',')}`), {}],
  ['semicolons.csv', Buffer.from(table(';')), {}],
  ['pipes.txt', Buffer.from(table('|')), {}],
  ['cases.tsv', Buffer.from(table('\t')), {}],
  ['carets.csv', Buffer.from(table('^')), { delimiter: '^' }],
  ['utf-16le.csv', utf16(table(','), '\uFEFF'), {}],
  ['utf-16be.csv', utf16(table(','), '\uFEFF').swap16(), {}],
  ['utf-16-without-mark.csv', utf16(table(';')), {}],
  ['utf-16be-without-mark.csv', utf16(table(';')).swap16(), {}],
  ['gb18030.csv', gb18030(table(',')), {}],
  ['cases.json', Buffer.from(JSON.stringify(rows, null, 2)), {}],
  ['in-an-object.json', Buffer.from(JSON.stringify({ about: ['"cases": ['], cases: rows })), {}],
  ['cases.jsonl', Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), {}],
  ['cases.xlsx', workbook, { sheet: 'Cases' }],
];

describe('readCaseFile', () => {
  it.each(files)('reads the same cases from %s', async (fileName, bytes, options) => {
    const cases = [...(await readCaseFile(fileName, bytes, { ...options, expected: 'mood', group: 'table' })).cases];
    expect(cases).toEqual(
      rows.map(({ id, review, mood, tags, table: group }) => ({
        key: id,
        variables: { review },
        expected: mood,
        tags: tags === '' ? [] : tags.split(', '),
        source: fileName,
        group,
      })),
    );
  });

  it('takes the roles that are given in place of what the names tell', async () => {
    const roles = { id: 'ignore', review: 'expected', tags: 'variable', table: 'id' } as const;
    const text = 'id,review,tags,table\n1,fine,"x, y",T9\n';
    const cases = [...(await readCaseFile('cases.csv', Buffer.from(text), { roles })).cases];
    expect(cases).toMatchObject([{ key: 'T9', variables: { tags: 'x, y' }, expected: 'fine', tags: [] }]);
    expect(cases[0]?.variables).toEqual({ tags: 'x, y' });
  });

  const conflicting = 'q,label\nsame,a\nother,b\nsame,c\n';
  it('leaves out what has several answers, where that is asked for', async () => {
    await expect(readCaseFile('a.csv', Buffer.from(conflicting))).rejects.toThrow(/Lines 2 and 4 give the same input/);
    const read = await readCaseFile('a.csv', Buffer.from(conflicting), { leaveOut: { conflicts: true } });
    expect([...read.cases].map(({ variables }) => variables.q)).toEqual(['other']);
  });

  it('leaves out all but one of near-duplicates, where that is asked for', async () => {
    const texts = ['The soup was cold and the waiter rude', 'the soup was cold, and the waiter rude!', 'Lovely'];
    const text = `q,label\n${texts.map((q) => `"${q}",a`).join('\n')}\n`;
    const read = await readCaseFile('a.csv', Buffer.from(text), { leaveOut: { nearDuplicates: true } });
    expect([...read.cases].map(({ variables }) => variables.q)).toEqual([texts[0], texts[2]]);
  });
});

const problemsOf = async (fileName: string, content: string | Buffer, options: ReadingOptions = {}) =>
  (await readFileRows(fileName, Buffer.from(content), options)).problems;

describe('a bad row', () => {
  it.each<[string, string, string, { line: number; column: number }]>([
    ['a field too many', 'a.csv', 'q,label\na,b\n"a\nb",c,d\n', { line: 4, column: 6 }],
    ['a field too few', 'a.csv', 'q,label,x\na,b\n', { line: 2, column: 4 }],
    ['a quote never closed', 'a.csv', 'q,label\na,b\nc,"d\ne,f\n', { line: 3, column: 3 }],
    ['text after a quote', 'a.csv', 'q;label\n好;"a" b\n', { line: 2, column: 6 }],
    ['a quote within a field', 'a.csv', 'q,label\na,5" disk\n', { line: 2, column: 4 }],
    ['a name twice', 'a.csv', 'q,q\na,b\n', { line: 1, column: 3 }],
    ['what is no object', 'a.json', '[\n  {"q": 1},\n  3\n]', { line: 3, column: 3 }],
    ['what is no JSON', 'a.json', '[\n  {"q": 1},\n  {"q": oops}\n]', { line: 3, column: 9 }],
    ['no list', 'a.json', '{"rows": []}', { line: 1, column: 1 }],
  ])('is found by line and column: %s', async (_, fileName, content, place) => {
    expect(await problemsOf(fileName, content)).toEqual([expect.objectContaining(place)]);
  });

  it('is found by row and column of a workbook', async () => {
    const book = makeWorkbook({ Cases: [[], ['q', null, 'label'], ['a', 'stray', 'b'], ['c', null, 'd']] });
    expect(await problemsOf('a.xlsx', book)).toEqual([expect.objectContaining({ line: 2, column: 2 })]);
  });

  it('is found where a text is in no encoding that is known', async () => {
    const latin1 = Buffer.from('q,label\nfine,x\ncaf\u00e9,y\n', 'latin1');
    expect(await problemsOf('a.csv', latin1)).toEqual([expect.objectContaining({ line: 3, column: 4 })]);
    expect(await problemsOf('a.csv', latin1, { encoding: 'utf-8' })).toEqual([
      expect.objectContaining({ line: 3, message: expect.stringContaining('UTF-8') }),
    ]);
  });
});

describe('a workbook', () => {
  it('gives numbers, truth values and empty cells, and leaves out empty rows and columns', async () => {
    const sheet = [['q', 'label', 'n', null], [], ['a', true, 2.5], ['b', null, 0]];
    expect((await readFileRows('a.xlsx', makeWorkbook({ S: sheet }))).rows).toEqual([
      { line: 3, fields: { q: 'a', label: true, n: 2.5 } },
      { line: 4, fields: { q: 'b', label: '', n: 0 } },
    ]);
  });

  it('says which sheets there are', async () => {
    await expect(readFileRows('a.xlsx', workbook, { sheet: 'Case' })).rejects.toThrow(/Notes, Cases/);
    expect(await readFileRows('a.xlsx', workbook)).toMatchObject({ sheet: 'Notes', sheets: ['Notes', 'Cases'] });
  });

  it('that would unpack to gigabytes is refused before it is unpacked', async () => {
    const bomb = makeWheel({ 'xl/worksheets/sheet1.xml': Buffer.alloc(301 * 1024 ** 2) });
    expect(bomb.length).toBeLessThan(1024 ** 2);
    await expect(readFileRows('a.xlsx', bomb)).rejects.toThrow(expect.objectContaining({ code: 'archive_too_large' }));
  });

  it('that states another size than it has is not unpacked beyond that', async () => {
    const lying = makeWorkbook({ S: [['q'], ...Array.from({ length: 5000 }, () => ['x'.repeat(1000)])] });
    // The directory, not the member's own header, is what both the check and the reader go by.
    const entry = lying.lastIndexOf('PK\x01\x02');
    lying.writeUInt32LE(100, entry + 24);
    expect(await problemsOf('a.xlsx', lying)).toHaveLength(1);
  });

  it('that is none says what to do', async () => {
    const [problem] = await problemsOf('a.xlsx', 'q,label\na,b\n');
    expect(problem?.message).toMatch(/not a workbook.*Save it as \.xlsx/);
  });
});
