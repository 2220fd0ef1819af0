import readSheets, { type CellValue, type Sheet } from 'read-excel-file/universal';
import { fromBufferPromise } from 'yauzl';
import { errorMessage, invalid, WhetstoneError } from '../domain/errors.ts';
import type { JsonValue } from '../domain/json.ts';
import type { FileProblem } from './file-problem.ts';
import type { ReadRows } from './row.ts';
import { headerProblems, noRows } from './table-header.ts';

/** Bytes that the parts of a workbook may have unpacked: those of some million cells. */
const unpackedLimit = 300 * 1024 ** 2;
const partLimit = 10_000;

/** Reads a sheet of an Excel workbook, the first one where none is named, with a header row. Lines count its rows, columns its cells. Throws `archive_too_large`, `sheet_missing`. */
export async function readXlsx(
  bytes: Buffer,
  named?: string,
): Promise<ReadRows & { sheets: string[]; sheet: string | null }> {
  const read = await sheetsOf(bytes);
  if ('problem' in read) return { rows: [], problems: [read.problem], sheets: [], sheet: null };
  const sheets = read.sheets.map(({ sheet }) => sheet);
  const chosen = read.sheets.find(({ sheet }) => named === undefined || sheet === named);
  if (chosen === undefined && named !== undefined) {
    throw invalid('sheet_missing', `There is no sheet "${named}". Name one of those there are: ${sheets.join(', ')}.`);
  }
  return { ...rowsOf(chosen?.data ?? []), sheets, sheet: chosen?.sheet ?? null };
}

async function sheetsOf(bytes: Buffer): Promise<{ sheets: Sheet[] } | { problem: FileProblem }> {
  try {
    await checkSize(bytes);
    const content = new Uint8Array(bytes).buffer;
    return { sheets: await readSheets(content, { trim: false }) };
  } catch (error) {
    if (error instanceof WhetstoneError) throw error;
    const reason = errorMessage(error);
    const message = `This is not a workbook that can be read (${reason}). Save it as .xlsx in Excel, or as CSV.`;
    return { problem: { line: 1, code: 'workbook_unreadable', values: { said: reason }, message } };
  }
}

/** A few kilobytes can unpack to gigabytes: sizes are looked at before anything is unpacked, and nothing is unpacked beyond the size that it states. */
async function checkSize(bytes: Buffer): Promise<void> {
  const archive = await fromBufferPromise(bytes, { lazyEntries: true });
  let unpacked = 0;
  let parts = 0;
  for await (const { uncompressedSize } of archive.eachEntry()) {
    unpacked += uncompressedSize;
    if (unpacked > unpackedLimit || ++parts > partLimit) {
      throw invalid(
        'archive_too_large',
        `This workbook would unpack to more than ${unpackedLimit / 1024 ** 2} MB and was not opened. Save the sheet as CSV and import that.`,
      );
    }
  }
}

function rowsOf(data: readonly (readonly (CellValue | null)[])[]): ReadRows {
  const at = data.findIndex((cells) => cells.some((cell) => cell !== null));
  const header = data[at] ?? [];
  const body = data.slice(at + 1);
  // Sheets often have a column that was emptied: it has neither a name nor a value.
  const columns = [...header.keys()].filter(
    (column) => header[column] !== null || body.some((cells) => cells[column] !== null),
  );
  const names = columns.map((column) => String(jsonOf(header[column])).trim());
  const rows = body.flatMap((cells, index) => {
    if (cells.every((cell) => cell === null)) return [];
    const fields = Object.fromEntries(columns.map((column, place) => [names[place] ?? '', jsonOf(cells[column])]));
    return [{ line: at + index + 2, fields }];
  });
  if (rows.length === 0) return { rows, problems: [noRows(Math.max(at, 0) + 1)] };
  const places = columns.map((column) => column + 1);
  return { rows, problems: headerProblems(names, at + 1, places) };
}

/** An empty cell is an empty text, as in CSV; a date is written as such, with its time where it has one. */
function jsonOf(cell: CellValue | null | undefined): JsonValue {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return '';
}
