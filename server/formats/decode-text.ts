import { isUtf8 } from 'node:buffer';
import type { FileProblem } from './file-problem.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];
/** A file's text as UTF-8 without a mark at its beginning, and what it was written in; or what stops it from being read. */
export type DecodedText = { bytes: Buffer; encoding: Encoding } | { problem: FileProblem };

const marks: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
];
/** Bytes that are looked at to tell UTF-16 without a mark from other text. */
const sampleSize = 4096;

/** Decodes by the encoding that is given, else by the mark at the beginning, else as UTF-16 where there are zero bytes, UTF-8 where it is valid, GB18030. */
export function decodeText(bytes: Buffer, given?: Encoding): DecodedText {
  const mark = marks.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  const encoding = given ?? mark?.[1] ?? utf16Of(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'gb18030');
  const content = mark?.[1] === encoding ? bytes.subarray(mark[0].length) : bytes;
  if (encoding === 'utf-8' && isUtf8(content)) return { bytes: content, encoding };
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content);
    return { bytes: Buffer.from(text), encoding };
  } catch {
    // Not valid in this encoding: where, a lenient reading shows.
    return { problem: undecoded(content, given) };
  }
}

/** Texts hold no zero bytes; in UTF-16 every character of ASCII, line ends at least, has one: the second in little endian. */
function utf16Of(bytes: Buffer): Encoding | null {
  const zeros = [0, 0];
  bytes.subarray(0, sampleSize).forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return null;
  return odd >= even ? 'utf-16le' : 'utf-16be';
}

function undecoded(bytes: Buffer, given: Encoding | undefined): FileProblem {
  const text = new TextDecoder(given ?? 'utf-8').decode(bytes);
  const before = text.slice(0, text.indexOf('\uFFFD')).split(/\r\n|\n|\r/);
  const message =
    given === undefined
      ? 'This is neither UTF-8, UTF-16 nor GB18030 text. Save the file as UTF-8 (in Excel: "CSV UTF-8") and import it again.'
      : `This is not ${given.toUpperCase()} text. Choose another encoding, or save the file as UTF-8 (in Excel: "CSV UTF-8").`;
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}
