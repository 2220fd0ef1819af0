import path from 'node:path';
import { invalid } from '../domain/errors.ts';
import { readCsv } from './csv.ts';
import { decodeText, type Encoding } from './decode-text.ts';
import type { FileProblem } from './file-problem.ts';
import { readJsonList } from './json-list.ts';
import { readJsonLines } from './jsonl.ts';
import type { ReadRows, TakeRow } from './row.ts';

type TextFormat = 'csv' | 'json' | 'jsonl';
export type FileFormat = TextFormat | 'xlsx';
/** What a person knows better than the reader; what is left out is told from the file. */
export type ReadingOptions = {
  encoding?: Encoding;
  /** One character, for tables. */
  delimiter?: string;
  /** Name of a workbook's sheet; the first one where none is named. */
  sheet?: string;
};
/** The records of a file, and how they were read. */
export type ReadFile = ReadRows & {
  format: FileFormat;
  encoding: Encoding | null;
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
};

const formats: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.xlsx': 'xlsx',
};

/** Reads records of a text by the file name's ending. Throws `file_type_unknown`; what is wrong in the file is in `problems`. */
export function readRows(fileName: string, text: string): ReadRows {
  const format = formatOf(fileName);
  if (format === 'xlsx') throw unknownType(fileName);
  const undecoded = text.indexOf('\uFFFD');
  if (undecoded === -1) return readText(format, Buffer.from(text.replace(/^\uFEFF/, '')), {});
  return { rows: [], problems: [undecodedProblem(text.slice(0, undecoded))] };
}

/**
 * Reads records of a file as it is on disk. Throws `file_type_unknown`, `archive_too_large`, `sheet_missing`; what else is wrong in the file is in `problems`.
 * Those of a table are handed to `take`, where it is given, as they are read, and are not in `rows` then.
 */
export async function readFileRows(
  fileName: string,
  bytes: Buffer,
  options: ReadingOptions = {},
  take?: TakeRow,
): Promise<ReadFile> {
  const format = formatOf(fileName);
  const about = { encoding: null, delimiter: null, sheet: null, sheets: [] };
  if (format === 'xlsx') {
    // Loaded when there is a workbook: what reads it takes some megabytes.
    const { readXlsx } = await import('./xlsx.ts');
    return { ...about, format, ...(await readXlsx(bytes, options.sheet)) };
  }
  const decoded = decodeText(bytes, options.encoding);
  if ('problem' in decoded) return { ...about, format, rows: [], problems: [decoded.problem] };
  return { ...about, format, encoding: decoded.encoding, ...readText(format, decoded.bytes, options, take) };
}

function readText(
  format: TextFormat,
  bytes: Buffer,
  { delimiter }: ReadingOptions,
  take?: TakeRow,
): ReadRows & { delimiter?: string } {
  if (format === 'csv') return readCsv(bytes, delimiter, take);
  return format === 'json' ? readJsonList(bytes.toString()) : readJsonLines(bytes.toString());
}

function formatOf(fileName: string): FileFormat {
  const format = formats[path.extname(fileName).toLowerCase()];
  if (format === undefined) throw unknownType(fileName);
  return format;
}

const unknownType = (fileName: string) =>
  invalid(
    'file_type_unknown',
    `${fileName} is not a kind of file that can be imported. Give a .csv, .tsv, .json, .jsonl or .xlsx file.`,
  );

const undecodedProblem = (before: string): FileProblem => ({
  line: before.split('\n').length,
  code: 'encoding_unreadable',
  message: 'This is not UTF-8 text. Save the file as UTF-8 (in Excel: "CSV UTF-8") and import it again.',
});
