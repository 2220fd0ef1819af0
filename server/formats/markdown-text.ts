/* GitHub Flavored Markdown in which nothing that is quoted becomes markup. */

export const points = (difference: number | null): string =>
  difference === null ? '–' : `${(difference * 100).toFixed(1)} points`;

export const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)}%`);

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A code block whose fence is longer than any in the content, so that the content can't end it (CommonMark 0.31, section 4.5). */
export const fenced = (content: string, language = ''): string => {
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
};

/** A code span for a cell of a table. */
export const code = (content: string): string => span(oneLine(content)).replaceAll('|', '\\|');

const LONGEST_QUOTE = 160;

/** What a model or a stranger wrote, on one line and cut: in a code span there is no link, no mention of a person, no HTML and no markup. Not for a table. */
export function quoted(content: string): string {
  // Control characters and those that turn the direction of what follows.
  const plain = oneLine(content.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')).toWellFormed();
  const short = plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE - 1).toWellFormed()}…` : plain;
  return short === '' ? '(empty)' : span(short);
}

/** A backtick in it needs a longer one around it. */
function span(line: string): string {
  const mark = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${mark}${space}${line}${space}${mark}`;
}

const longestRun = (content: string): number => Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));

/** Text on one line, whose punctuation is no markup. */
export const text = (content: string): string => oneLine(content).replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');

const oneLine = (content: string): string => content.replace(/\s+/g, ' ').trim();
