/** Chinese, Japanese and Korean, which put no spaces between words. */
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const isEastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Signs that say something in short messages are words of their own. */
const words = /[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*|[!?]|\p{Sc}/gu;
const LONGEST_GRAM = 3;

/**
 * What a classifier sees of a text, each once: words and pairs of neighbouring words, as in Wang and Manning, "Baselines and bigrams" (2012);
 * where there are no spaces between words, runs of one to three characters.
 */
export function textFeatures(text: string): string[] {
  const features = new Set<string>();
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    for (const feature of isEastAsian.test(run) ? characterGrams(run) : wordsAndPairs(run)) features.add(feature);
  }
  return [...features];
}

function wordsAndPairs(text: string): string[] {
  const found = text.match(words) ?? [];
  return [...found, ...found.slice(1).map((word, index) => `${found[index]} ${word}`)];
}

function characterGrams(text: string): string[] {
  const characters = [...text];
  return characters.flatMap((_, start) =>
    Array.from({ length: Math.min(LONGEST_GRAM, characters.length - start) }, (__, more) =>
      characters.slice(start, start + more + 1).join(''),
    ),
  );
}
