import { CsvError, parse } from 'csv-parse/sync';
import type { FileProblem } from './file-problem.ts';
import type { ReadRows } from './row.ts';

type CsvRecord = { line: number; values: string[] };

/** Reads comma-separated text with a header row (RFC 4180); tabs or semicolons separate where the header has no comma. */
export function readCsv(text: string): ReadRows {
  const { records, problems } = readRecords(text);
  const [header, ...rest] = records;
  if (header === undefined) {
    return { rows: [], problems: problems.length > 0 ? problems : [{ line: 1, message: emptyFile }] };
  }
  const names = header.values.map((name) => name.trim());
  problems.push(...headerProblems(names, header.line));
  const rows = rest.map(({ line, values }) => {
    if (values.length !== names.length) problems.push({ line, message: widthMessage(values.length, names.length) });
    return { line, fields: Object.fromEntries(names.map((name, place) => [name, values[place] ?? ''])) };
  });
  if (rest.length === 0 && problems.length === 0) problems.push({ line: header.line, message: emptyFile });
  return { rows, problems };
}

const emptyFile = 'There are no rows. Give a header row with the names of the fields and one row for each case.';

function readRecords(text: string): { records: CsvRecord[]; problems: FileProblem[] } {
  const bytes = Buffer.from(text);
  const records: CsvRecord[] = [];
  let start = 0;
  let line = 1;
  try {
    parse(bytes, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      on_record: (values: string[], context) => {
        if (values.some((value) => value !== '')) records.push({ line, values });
        // The parser's own line count is wrong after blank lines and after CRLF in quotes; its byte count is right.
        line += countLines(bytes.subarray(start, context.bytes));
        start = context.bytes;
        return null;
      },
    });
    return { records, problems: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, problems: [{ line, message: quoteMessages[error.code] ?? error.message }] };
  }
}

const quoteMessages: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED:
    'A quote that opens in this row is never closed. Close it, or write a quote within a field as "".',
  CSV_INVALID_CLOSING_QUOTE:
    'In this row text follows a closing quote. Write a quote within a quoted field as "", or put a comma after the field.',
  INVALID_OPENING_QUOTE:
    'In this row a quote stands within a field. Put the whole field in quotes and write the quote as "".',
};

function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  return [',', '\t', ';'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

const countLines = (bytes: Buffer): number => bytes.toString('latin1').match(/\r\n|\n|\r/g)?.length ?? 0;

function headerProblems(names: readonly string[], line: number): FileProblem[] {
  return names.flatMap((name, place) => {
    if (name === '') {
      return [{ line, message: `Field ${place + 1} of the header has no name. Give each field a name of its own.` }];
    }
    if (names.indexOf(name) === place) return [];
    return [{ line, message: `The header names "${name}" twice. Give each field a name of its own.` }];
  });
}

const widthMessage = (found: number, expected: number): string =>
  `This row has ${found} ${found === 1 ? 'field' : 'fields'}, the header has ${expected}. ${
    found > expected
      ? 'Put a field that holds a comma in quotes.'
      : 'Add what is missing; an empty field still needs its comma.'
  }`;
