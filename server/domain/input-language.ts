/** What an input is written in, as far as its script tells: Chinese, a language of the Latin script such as English, or another. */
export const inputLanguages = ['zh', 'latin', 'other'] as const;
export type InputLanguage = (typeof inputLanguages)[number];

/** So much of a text tells the script. */
const READ = 240;
/** A Han character stands for about a word of letters, and Latin names are common in Chinese text. */
const HAN_SHARE = 0.3;

/** The language of a text by the shares of scripts among its letters. Kana make it Japanese, which is `other`, however many Han characters it has. */
export function inputLanguage(text: string): InputLanguage {
  let [han, latin, others, kana] = [0, 0, 0, 0];
  const end = Math.min(text.length, READ);
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (isLatin(code)) latin += 1;
    else if (isHan(code)) han += 1;
    else if (code >= 0x3041 && code <= 0x30fa) kana += 1;
    else if (code >= 0x370 && /\p{L}/u.test(text.charAt(at))) others += 1;
  }
  const letters = han + latin + others + kana;
  if (letters === 0 || kana > han / 10) return 'other';
  if (han / letters >= HAN_SHARE) return 'zh';
  return latin / letters >= 0.5 ? 'latin' : 'other';
}

const isLatin = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7);

const isHan = (code: number): boolean => (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
