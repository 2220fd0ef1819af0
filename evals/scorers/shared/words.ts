const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** The segmenter takes more than linear time on very long runs without spaces. */
const LONGEST_RUN = 2_000;
const han = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** The words of a text as they are counted: `don't` and `well-known` are one, and Chinese is segmented. */
export const wordsOf = (text: string): string[] => wordsBy(text, /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu);

/** Runs of letters and digits in lower case, as rouge-score cuts English; Chinese is segmented. */
export const termsOf = (text: string): string[] =>
  wordsBy(text.normalize('NFKC').toLowerCase(), /[\p{L}\p{M}\p{N}]+/gu);

const wordsBy = (text: string, form: RegExp): string[] =>
  (text.match(form) ?? []).flatMap((word) => (han.test(word) ? segmented(word) : word));

function segmented(run: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < run.length; at += LONGEST_RUN) {
    for (const { segment, isWordLike } of segmenter.segment(run.slice(at, at + LONGEST_RUN))) {
      if (isWordLike) words.push(segment);
    }
  }
  return words;
}
