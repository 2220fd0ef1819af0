export type LabelReading =
  | { type: 'one'; label: string }
  | { type: 'none' }
  | { type: 'several'; labels: readonly [string, string] }
  | { type: 'denied'; label: string; words: string };

export type LabelReader = {
  /** Linear in the length of the output. */
  read(output: string): LabelReading;
  /** Whether two texts are the same label, whatever their case, width and separators. */
  same(a: string, b: string): boolean;
};

/** Scripts written without spaces between words, and Hangul, whose particles follow a word without one. */
const unspaced = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const wordCharacter = `[[\\p{L}\\p{M}\\p{N}]--[${unspaced.map((script) => `\\p{Script=${script}}`).join('')}]]`;
const isWordCharacter = new RegExp(wordCharacter, 'v');
/** What stands right before a label and turns it round. */
const denial =
  /(?:\b(?:not|never|hardly|non|nor|no longer)(?: (?:an?|the|very|really|exactly|so))?|\b\w+n't(?: (?:an?|the|very|really))?|不是|并非|绝非|不算|不太|不够|没有|不|非)[\s"'“”「『(]{0,3}$/u;

/** Finds labels in outputs. What counts as a label and what does not is said at the scorer `label`. */
export function labelReader(labels: readonly string[]): LabelReader {
  const fold = folder(labels);
  const byFolded = new Map<string, string>();
  for (const label of labels) if (!byFolded.has(fold(label))) byFolded.set(fold(label), label);
  byFolded.delete('');
  const longestFirst = [...byFolded.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(bounded).join('|'), 'gv');
  return {
    same: (a, b) => fold(a) === fold(b),
    read(output) {
      const text = fold(output);
      let first: string | null = null;
      for (const match of byFolded.size === 0 ? [] : text.matchAll(pattern)) {
        const label = byFolded.get(match[0]) ?? match[0];
        const words = denial.exec(text.slice(Math.max(0, match.index - 24), match.index))?.[0];
        if (first !== null && first !== label) return { type: 'several', labels: [first, label] };
        if (words !== undefined) return { type: 'denied', label, words: words + match[0] };
        first = label;
      }
      return first === null ? { type: 'none' } : { type: 'one', label: first };
    },
  };
}

/** The pattern of one label, which must not be part of a longer word or number. */
function bounded(label: string): string {
  const before = isWordCharacter.test(label.charAt(0)) ? `(?<!${wordCharacter})` : '';
  const after = isWordCharacter.test(label.charAt(label.length - 1)) ? `(?!${wordCharacter})` : '';
  const isNumber = /^[-+]?\d+(?:[.,]\d+)*$/.test(label);
  return `${before}${isNumber ? '(?<![\\d][.,])(?<![\\-−])' : ''}${RegExp.escape(label)}${after}${isNumber ? '(?![.,]\\d)' : ''}`;
}

/** Makes texts comparable. Asterisks and backticks are markdown, unless a label is made of them ("***"). */
function folder(labels: readonly string[]): (text: string) => string {
  const ignored = labels.some((label) => /[*`]/.test(label)) ? /\p{Cf}|\ufe0f/gu : /[\p{Cf}*`]|\ufe0f/gu;
  return (text) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(ignored, '')
      .replace(/[‘’ʼ]/g, "'")
      .replace(/(?<=[\p{L}\p{N}])[-‐‑](?=[\p{L}\p{N}])|[\s_]+/gu, ' ')
      .trim();
}
