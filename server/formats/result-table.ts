type Cell = string | number | boolean | null;

/** Marks a file as UTF-8 for spreadsheets, which otherwise take it for the code page of the machine. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One line of CSV (RFC 4180) that a spreadsheet reads as it is meant: a text never as a formula. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const safe = withoutFormula(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What begins with one of these is a formula to a spreadsheet: https://owasp.org/www-community/attacks/CSV_Injection */
const withoutFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
