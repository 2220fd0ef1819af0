import { stripVTControlCharacters, styleText } from 'node:util';

export type Column = { title: string; align?: 'right' };

const mostCellWidth = 60;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** East Asian wide and fullwidth characters (Unicode Standard Annex 11), and emoji. */
const wide =
  /^(?![\uFF61-\uFFDC])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const noWidth = /^[\p{Mark}\p{Control}\p{Format}]/u;

/** Columns that a text takes in a terminal: two for a Chinese character. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (noWidth.test(grapheme)) return 0;
  return wide.test(grapheme) || grapheme.includes('\uFE0F') ? 2 : 1;
}

/** Rows under their titles, aligned; a cell is one line, cut where it is long. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(oneLine));
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    columns
      .map((column, index) => pad(row[index] ?? '', widths[index] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  return [styleText('bold', line(columns.map((column) => column.title))), ...cells.map(line)].join('\n');
}

/** A line a field, with the values in one column. */
export function formatFields(fields: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...fields.map(([name]) => displayWidth(name)));
  return fields.map(([name, value]) => `${styleText('dim', pad(name, width))}  ${value}`).join('\n');
}

function pad(text: string, width: number, align?: 'right'): string {
  const room = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? room + text : text + room;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (displayWidth(line) <= mostCellWidth) return line;
  let width = 1;
  let cut = '';
  for (const { segment } of graphemes.segment(line)) {
    width += graphemeWidth(segment);
    if (width > mostCellWidth) break;
    cut += segment;
  }
  return `${cut}…`;
}
