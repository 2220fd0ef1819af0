/** Width of a letter in a tooltip, px; a Chinese character takes two of them. */
const LETTER = 6.5;
const AROUND = 60;

const isWide = (character: string): boolean => character > '\u2e80';

/** Lines of a text that fit into a drawing of this width, px: Chart.js breaks none, and cuts off what is longer. */
export function wrapped(text: string, width: number): string[] {
  const room = Math.max(16, Math.floor((width - AROUND) / LETTER));
  const lines: string[] = [];
  let [line, taken, space] = ['', 0, -1];
  for (const character of text) {
    line += character;
    taken += isWide(character) ? 2 : 1;
    if (character === ' ' || isWide(character)) space = line.length;
    if (taken < room) continue;
    const end = space > 0 ? space : line.length;
    lines.push(line.slice(0, end).trimEnd());
    line = line.slice(end);
    taken = [...line].reduce((sum, one) => sum + (isWide(one) ? 2 : 1), 0);
    space = -1;
  }
  return line === '' ? lines : [...lines, line];
}
