import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../server/formats/cases-from-rows.ts';
import type { FieldMapping } from '../../server/formats/field-roles.ts';

const csv = (text: string, mapping?: FieldMapping) => readCases('cases.csv', text, mapping);
const jsonl = (rows: readonly unknown[], mapping?: FieldMapping) =>
  readCases('cases.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'), mapping);

describe('readCases', () => {
  it('makes a case of each row: id, expected and tags by name, every other field a variable', () => {
    expect(csv('ID,review,stars,Label,tags\n7,Lovely,5,positive,"en, short, en"\n').cases).toEqual([
      {
        key: '7',
        variables: { review: 'Lovely', stars: '5' },
        expected: 'positive',
        tags: ['en', 'short'],
        source: 'cases.csv',
      },
    ]);
  });

  it('spreads `variables` and `vars`, and keeps any JSON as expected', () => {
    const rows = [
      { variables: { review: 'a' }, note: 1, expected: { stars: [5] }, tags: ['x'] },
      { vars: { review: 'b' }, answer: 'c' },
    ];
    expect(jsonl(rows).cases).toMatchObject([
      { variables: { review: 'a', note: 1 }, expected: { stars: [5] }, tags: ['x'] },
      { variables: { review: 'b', answer: 'c' }, expected: null, tags: [] },
    ]);
  });

  it.each([
    ['expected', 'label'],
    ['label', 'answer'],
    ['answer', 'ideal'],
    ['ideal', 'output'],
  ])('prefers the field "%s" to "%s" as expected', (first, second) => {
    const [only] = jsonl([{ q: 'x', [second]: 'second', [first]: 'first' }]).cases;
    expect(only).toMatchObject({ expected: 'first', variables: { q: 'x', [second]: 'second' } });
  });

  it('takes the fields that are named', () => {
    const text = 'review_text,stars,output,label\nLovely,5,x,positive\n';
    expect(csv(text, { input: 'review_text', expected: 'stars' }).cases).toMatchObject([
      { variables: { review_text: 'Lovely' }, expected: '5' },
    ]);
    expect(csv(text, { input: 'output' }).cases).toMatchObject([{ variables: { output: 'x' }, expected: 'positive' }]);
    expect(jsonl([{ vars: { q: 'a', r: 'b' } }], { input: 'q' }).cases).toMatchObject([{ variables: { q: 'a' } }]);
  });

  it('expects nothing where the cell is empty', () => {
    expect(csv('review,label\nLovely,\n').cases).toMatchObject([{ expected: null }]);
  });

  it('gives a row without an id one that depends on its variables alone', () => {
    const [first] = csv('review,label\nLovely,positive\n').cases;
    const [second] = jsonl([{ expected: 'negative', review: 'Lovely' }]).cases;
    expect(first?.key).toMatch(/^[0-9a-f]{12}$/);
    expect(second?.key).toBe(first?.key);
  });

  it('merges rows that say the same and counts them', () => {
    expect(csv('review,label\na,x\nb,y\na,x\na,x\n')).toMatchObject({ cases: { length: 2 }, repeated: 2 });
  });

  it.each<[string, string, string, { line: number; column?: number }[], RegExp]>([
    [
      'too many fields',
      'a.csv',
      'q,label\na,b\na,b,c\n',
      [{ line: 3, column: 5 }],
      /^a\.csv:3:5: This row has 3 fields, the header has 2/,
    ],
    ['too few fields', 'a.csv', 'q,label\na\n', [{ line: 2 }], /This row has 1 field, the header has 2/],
    ['a quote never closed', 'a.csv', 'q,label\na,b\n"c\nd,e\n', [{ line: 3 }], /never closed/],
    ['text after a quote', 'a.csv', 'q,label\n"a" b,c\n', [{ line: 2 }], /follows a closing quote/],
    ['a quote within a field', 'a.csv', 'q,label\n5" disk,c\n', [{ line: 2 }], /within a field/],
    ['a field without a name', 'a.csv', 'q,,label\na,b,c\n', [{ line: 1 }], /Field 2 of the header has no name/],
    ['a name twice', 'a.csv', 'q,q\na,b\n', [{ line: 1 }], /names "q" twice/],
    ['no rows', 'a.csv', 'q,label\n', [{ line: 1 }], /no rows/],
    ['nothing', 'a.csv', '', [{ line: 1 }], /no rows/],
    ['nothing', 'a.jsonl', '\n\n', [{ line: 1 }], /no rows/],
    ['a file that is not UTF-8', 'a.csv', 'q,label\n\uFFFD\uFFFD,x\n', [{ line: 2 }], /UTF-8/],
    ['a line that is no JSON', 'a.jsonl', '{"q": 1}\n{"q": oops}\n', [{ line: 2, column: 7 }], /^a\.jsonl:2:7: /],
    ['a text never closed', 'a.jsonl', '{"q": "x}\n', [{ line: 1, column: 10 }], /Unterminated string/],
    ['a comma too many', 'a.jsonl', '{"q": 1,}\n', [{ line: 1, column: 9 }], /double-quoted property name/],
    ['a list', 'a.jsonl', '\n [1]\n', [{ line: 2, column: 2 }], /a list, not an object/],
    ['a value', 'a.jsonl', '3\n', [{ line: 1, column: 1 }], /a single value, not an object/],
    [
      'an id with two meanings',
      'a.jsonl',
      '{"id":1,"q":"a"}\n{"id":"1","q":"b"}',
      [{ line: 2 }],
      /"1" is on lines 1 and 2/,
    ],
    ['two answers to one input', 'a.csv', 'q,label\na,x\na,y\n', [{ line: 3 }], /Lines 2 and 3 give the same input/],
    ['a variable twice', 'a.jsonl', '{"q":1,"vars":{"q":2}}', [{ line: 1 }], /"q" is given twice/],
    ['tags that are no texts', 'a.jsonl', '{"q":1,"tags":[1]}', [{ line: 1 }], /tags are not texts/],
    ['an id that is an object', 'a.jsonl', '{"q":1,"id":{}}', [{ line: 1 }], /neither a text nor a number/],
    ['an id that is too long', 'a.csv', `id,q\n${'x'.repeat(201)},b\n`, [{ line: 2 }], /longer than 200/],
    ['a tag that is too long', 'a.csv', `tags,q\n${'x'.repeat(61)},b\n`, [{ line: 2 }], /longer than 60/],
    ['no variable', 'a.csv', 'label\nx\n', [{ line: 2 }], /no field to fill the prompt/],
  ])('names the place of %s', (_, fileName, text, places, message) => {
    expect(() => readCases(fileName, text)).toThrow(
      expect.objectContaining({
        code: 'import_failed',
        kind: 'invalid',
        message: expect.stringMatching(message),
        details: { problems: places.map((place) => expect.objectContaining(place)) },
      }),
    );
  });

  it('counts lines past quoted and blank ones, whatever ends them', () => {
    const text = '\uFEFFq,label\r\n"one\r\ntwo",x\r\n\r\n,,\r\nlast,y,z\r\n';
    expect(() => csv(text)).toThrow(
      expect.objectContaining({
        details: { problems: [expect.objectContaining({ line: 6 })] },
      }),
    );
  });

  it('says which fields there are when the named one is not there', () => {
    expect(() => csv('q,label\na,b\n', { input: 'review', expected: 'answer' })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/There is no field "review".*"q", "label".*1 more problem/),
      }),
    );
    expect(() => jsonl([{ q: 1, r: 2 }, { r: 3 }], { input: 'q' })).toThrow(/cases\.jsonl:2: The field "q" is missing/);
  });

  it('reports twenty problems at most and says how many more there are', () => {
    const rows = Array.from({ length: 30 }, () => 'a,b,c').join('\n');
    expect(() => csv(`q,label\n${rows}`)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('(and 29 more problems)'),
        details: { problems: expect.objectContaining({ length: 20 }) },
      }),
    );
  });

  it('reads tables whose fields are separated by tabs or semicolons', () => {
    for (const text of ['review;label\n"a; b";x\n', 'review\tlabel\na; b\tx\n']) {
      expect(csv(text).cases).toMatchObject([{ variables: { review: 'a; b' }, expected: 'x' }]);
    }
  });

  it('refuses other kinds of files', () => {
    expect(() => readCases('cases.pdf', '')).toThrow(expect.objectContaining({ code: 'file_type_unknown' }));
  });

  it('reads back any text from CSV and JSONL alike', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => text.trim() !== '' && !text.includes('\uFFFD'));
    fc.assert(
      fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 5 }), (texts) => {
        const quoted = texts.map((text) => `"${text.replaceAll('"', '""')}",x`).join('\n');
        const fromCsv = csv(`review,label\n${quoted}\n`).cases;
        const fromJsonl = jsonl(texts.map((review) => ({ review, label: 'x' }))).cases;
        expect(fromCsv.map(({ variables }) => variables.review)).toEqual(texts);
        expect(fromCsv.map(({ key }) => key)).toEqual(fromJsonl.map(({ key }) => key));
      }),
    );
  });
});
