import { CsvError, parse } from 'csv-parse/sync';
import { closingQuote, delimiterOf, recordAt } from './delimited-records.ts';
import type { FileProblem, Saying } from './file-problem.ts';
import type { ReadRows, Row, TakeRow } from './row.ts';
import { headerProblems, noRows } from './table-header.ts';

type CsvRecord = { line: number; start: number; values: string[] };
type Place = { line: number; column: number };

/** Enough for the header and some rows, to tell the delimiter from. */
const beginning = 400_000;
/** How much of a bad record is read to find the place in it. */
const recordShown = 1_000_000;

/** Reads delimiter-separated UTF-8 text with a header row (RFC 4180). Without a delimiter it is told from the text. With `take`, rows are handed on as they are read and not kept. */
export function readCsv(bytes: Buffer, given?: string, take?: TakeRow): ReadRows & { delimiter: string } {
  const delimiter = given ?? delimiterOf(bytes.toString('utf8', 0, beginning));
  let names: string[] = [];
  let headerLine = 0;
  const rows: Row[] = [];
  let count = 0;
  const problems: FileProblem[] = [];
  // Records become rows as they are read: all of both would take twice the memory.
  const unreadable = readRecords(bytes, delimiter, ({ line, start, values }) => {
    if (headerLine === 0) {
      names = values.map((name) => name.trim());
      headerLine = line;
      problems.push(...headerProblems(names, line, columnsOf(bytes, { line, start }, delimiter)));
      return;
    }
    if (values.length !== names.length) {
      const place = surplusPlace(bytes, { line, start }, delimiter, names.length);
      problems.push({ ...place, ...widthProblem(values.length, names.length, delimiter) });
    }
    const row = { line, fields: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])) };
    count++;
    if (take) take(row);
    else rows.push(row);
  });
  if (unreadable) problems.unshift(unreadable);
  if (count === 0 && problems.length === 0) problems.push(noRows(headerLine || 1));
  return { rows, problems, delimiter };
}

/** Hands on the records that are not empty; what stops the reading is returned. */
function readRecords(bytes: Buffer, delimiter: string, take: (record: CsvRecord) => void): FileProblem | null {
  let start = 0;
  let line = 1;
  try {
    parse(bytes, {
      delimiter,
      relax_column_count: true,
      on_record: (values: string[], context) => {
        if (values.some((value) => value !== '')) take({ line, start, values });
        // The parser's own line count is wrong after blank lines and after CRLF in quotes; its byte count is right.
        line += countLines(bytes, start, context.bytes);
        start = context.bytes;
        return null;
      },
    });
    return null;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const place = quotePlace(bytes, { line, start }, delimiter, error);
    return { ...place, ...(quoteProblems[error.code] ?? { message: error.message }) };
  }
}

const quoteProblems: Readonly<Record<string, Saying>> = {
  CSV_QUOTE_NOT_CLOSED: {
    code: 'quote_open',
    message: 'A quote that opens in this row is never closed. Close it, or write a quote within a field as "".',
  },
  CSV_INVALID_CLOSING_QUOTE: {
    code: 'quote_followed',
    message:
      'In this row text follows a closing quote. Write a quote within a quoted field as "", or put a comma after the field.',
  },
  INVALID_OPENING_QUOTE: {
    code: 'quote_within',
    message: 'In this row a quote stands within a field. Put the whole field in quotes and write the quote as "".',
  },
};

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) count++;
  }
  return count;
}

const textFrom = (bytes: Buffer, start: number): string => bytes.toString('utf8', start, start + recordShown);

/** Where a quote that the parser refused stands. */
function quotePlace(bytes: Buffer, record: Omit<CsvRecord, 'values'>, delimiter: string, error: CsvError): Place {
  const text = textFrom(bytes, record.start);
  const { starts, end } = recordAt(text, 0, delimiter);
  const field = starts[Number(error.column)] ?? starts.at(-1) ?? 0;
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE') return placeOf(text, closingQuote(text, field) + 1, record.line);
  if (error.code === 'INVALID_OPENING_QUOTE') return placeOf(text, text.indexOf('"', field), record.line);
  return placeOf(text, Math.min(field, end), record.line);
}

/** Where a record has its first field too many, or ends too soon. */
function surplusPlace(bytes: Buffer, record: Omit<CsvRecord, 'values'>, delimiter: string, width: number): Place {
  const text = textFrom(bytes, record.start);
  const { starts, end } = recordAt(text, 0, delimiter);
  return placeOf(text, starts[width] ?? end, record.line);
}

function columnsOf(bytes: Buffer, { start, line }: Omit<CsvRecord, 'values'>, delimiter: string): number[] {
  const text = textFrom(bytes, start);
  const { starts } = recordAt(text, 0, delimiter);
  return starts.map((at) => placeOf(text, at, line).column);
}

function placeOf(text: string, offset: number, firstLine: number): Place {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: firstLine + lines.length - 1, column: (lines.at(-1)?.length ?? 0) + 1 };
}

const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };

function widthProblem(found: number, expected: number, delimiter: string): Saying {
  const name = delimiterNames[delimiter] ?? `"${delimiter}"`;
  const row = `This row has ${found} ${found === 1 ? 'field' : 'fields'}, the header has ${expected}.`;
  const values = { found, expected };
  return found > expected
    ? { code: 'row_too_long', values, message: `${row} Put a field that holds a ${name} in quotes.` }
    : { code: 'row_too_short', values, message: `${row} Add what is missing; an empty field still needs its ${name}.` };
}
