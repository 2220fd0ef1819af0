export type ReadNumber = { value: number; isPercent: boolean; text: string };

const factors = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['千', 1e3],
  ['万', 1e4],
  ['萬', 1e4],
  ['亿', 1e8],
  ['億', 1e8],
]);
const sign = '(?<![\\p{L}\\p{N}])[-−+] ?[$€£¥]?';
const digits = '(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+';
const numberPattern = new RegExp(
  `(${sign})?(${digits})(e[-+]?\\d{1,3}(?!\\d))?(?: ?(%|(?:thousand|million|billion)\\b|[千万萬亿億]))?`,
  'giu',
);

/**
 * The last number in a text, since answers end with their result; null where there is none. Reads signs, thousands separators (1,000; 1 000 with a
 * no-break space; 1'000), decimals with a point, exponents, per cent, full-width digits, and the factors "million" and "万". A decimal comma
 * is not read: "1,234" could be either. Linear in the length of the text.
 */
export function lastNumber(text: string): ReadNumber | null {
  const plain = text.replace(/(?<=\d)[\u00a0\u202f\u2009'’](?=\d{3}(?!\d))/g, '').normalize('NFKC');
  let last: RegExpExecArray | null = null;
  for (const match of plain.matchAll(numberPattern)) last = match;
  if (last === null) return null;
  const [all, signText = '', digitsText = '', exponent = '', unit = ''] = last;
  const size = Number(digitsText.replaceAll(',', '') + exponent) * (factors.get(unit.toLowerCase()) ?? 1);
  const value = /[-−]/.test(signText) ? -size : size;
  return Number.isFinite(value) ? { value, isPercent: unit === '%', text: all.trim() } : null;
}
