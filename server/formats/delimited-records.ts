/** Where the fields of a record begin, and where it ends: quotes as in RFC 4180. Read leniently, to guess a delimiter and to point at a place. */
export type RecordPlace = { starts: number[]; end: number };

const detected = [',', '\t', ';', '|'];
/** Characters that are looked at to tell what separates the fields. */
const sampleSize = 100_000;

/** The delimiter for which the most records are as wide as the header; what stands in quotes does not count. A comma where there is only one field. */
export function delimiterOf(text: string): string {
  const sample = text.slice(0, sampleSize);
  const fits = detected.map((delimiter) => ({ delimiter, ...fitOf(sample, delimiter, text.length > sampleSize) }));
  const best = fits.reduce((a, b) => (b.share > a.share || (b.share === a.share && b.width > a.width) ? b : a));
  return best.delimiter;
}

function fitOf(sample: string, delimiter: string, cut: boolean): { share: number; width: number } {
  const widths: number[] = [];
  for (let at = 0; at < sample.length; ) {
    const { starts, end } = recordAt(sample, at, delimiter);
    if (sample.slice(at, end).trim() !== '') widths.push(starts.length);
    at = nextLine(sample, end);
  }
  // The last record of a sample may be a part only.
  if (cut && widths.length > 1) widths.pop();
  const [width = 1] = widths;
  if (width === 1) return { share: 0, width };
  return { share: widths.filter((other) => other === width).length / widths.length, width };
}

/** The record that begins at a place. A quote opens only at the beginning of a field. */
export function recordAt(text: string, from: number, delimiter: string): RecordPlace {
  const starts = [from];
  let at = from;
  while (at < text.length) {
    if (text[at] === '"' && starts.at(-1) === at) at = closingQuote(text, at) + 1;
    else if (text[at] === '\n' || text[at] === '\r') break;
    else if (text[at] === delimiter) starts.push(++at);
    else at++;
  }
  return { starts, end: Math.min(at, text.length) };
}

/** Where the quote that opens at a place is closed; the end of the text where it never is. */
export function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return text.length;
}

const nextLine = (text: string, end: number): number => end + (text.startsWith('\r\n', end) ? 2 : 1);
