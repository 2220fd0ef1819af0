const jsonStart = /^\s*[[{]/;

/**
 * What was pasted, as a file that can be imported. Spreadsheets put tabs between cells and quote a cell only where it holds a tab or a line break: a cell
 * that merely begins with a quote means it, which strict readers refuse. So each cell is quoted anew.
 */
export function pastedFile(text: string, name: string): File {
  if (jsonStart.test(text)) return new File([text], `${name}.${isJson(text) ? 'json' : 'jsonl'}`);
  if (!text.includes('\t')) return new File([text], `${name}.csv`);
  const rows = pastedCells(text).map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t'));
  return new File([rows.join('\n')], `${name}.tsv`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Several values, one a line; where it is neither, the server says at which line.
    return false;
  }
}

/** A cell in quotes ends with a quote before a tab, a line break or the end; without one, its quote is part of the text. */
const quoted = /"((?:[^"]|"")*)"(?=\t|\r\n|\n|\r|$)/y;
const plain = /[^\t\r\n]*/y;
const separator = /\t|\r\n|\n|\r/y;

export function pastedCells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at <= text.length; ) {
    const inQuotes = matchAt(quoted, text, at);
    const [whole = ''] = inQuotes ?? matchAt(plain, text, at) ?? [];
    rows.at(-1)?.push(inQuotes?.[1]?.replaceAll('""', '"') ?? whole);
    const [between = ''] = matchAt(separator, text, at + whole.length) ?? [];
    at += whole.length + between.length;
    if (between === '') break;
    if (between === '\t') continue;
    // A spreadsheet ends its last row with a line break as well.
    if (at === text.length) break;
    rows.push([]);
  }
  return rows;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
