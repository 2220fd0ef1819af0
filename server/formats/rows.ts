import path from 'node:path';
import { invalid } from '../domain/errors.ts';
import { readCsv } from './csv.ts';
import type { FileProblem } from './file-problem.ts';
import { readJsonLines } from './jsonl.ts';
import type { ReadRows } from './row.ts';

const readers: Readonly<Record<string, (text: string) => ReadRows>> = {
  '.csv': readCsv,
  '.tsv': readCsv,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
};

/** Reads records by the file name's ending. Throws `file_type_unknown`; what is wrong in the file is in `problems`. */
export function readRows(fileName: string, text: string): ReadRows {
  const read = readers[path.extname(fileName).toLowerCase()];
  if (read === undefined) {
    throw invalid(
      'file_type_unknown',
      `${fileName} is not a kind of file that can be imported. Give a .csv or a .jsonl file.`,
    );
  }
  const undecoded = text.indexOf('\uFFFD');
  if (undecoded === -1) return read(text);
  return { rows: [], problems: [undecodedProblem(text.slice(0, undecoded))] };
}

const undecodedProblem = (before: string): FileProblem => ({
  line: before.split('\n').length,
  message: 'This is not UTF-8 text. Save the file as UTF-8 (in Excel: "CSV UTF-8") and import it again.',
});
