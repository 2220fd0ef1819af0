const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words that say nothing of what went wrong: most notes are negations, so that these don't either. */
const silent = new Set(
  `a an the this that these those it its is are was were be been being am do does did has have had having will would can could should may
  might must of in on at to from for with by as into onto about over under and or but so if then than while when where which who whom whose what
  how there here he she they them their his her we our you your i me my very just only also too more most some any all each both such
  not no never cannot don't doesn't didn't isn't wasn't see sees called read
  the model answer answered output response reply case
  的 了 是 在 和 与 或 也 都 就 把 被 对 从 到 为 以 及 其 这 那 这个 那个 一个 一 个 有 很 但 而 还 又 之 于 等 上 下 中 里 我 你 他 她 它 们 我们 你们
  他们 吗 呢 吧 啊 地 得 着 过 会 要 能 可以 应该 应 该 所 因为 所以 如果 模型 回答 答案 输出 没 没有 不 不是 未 无 被 用 当 成 出来`.split(
    /\s+/,
  ),
);

/** A word of a note: `stem` is the same for its forms, `word` as it was written, in lower case. */
export type NoteTerm = { stem: string; word: string };

/** What a short note speaks of, in English, Chinese or both: each word that says something, in its order. */
export function noteTerms(note: string): NoteTerm[] {
  const words: NoteTerm[] = [];
  for (const { segment, isWordLike } of segmenter.segment(note.normalize('NFKC').toLowerCase())) {
    if (isWordLike && !silent.has(segment)) words.push({ stem: stemOf(segment), word: segment });
  }
  return words;
}

/** Takes the commonest endings off, so that "misses", "missed" and "missing" meet. Cruder than Porter's, and enough to tell notes apart. */
const stemOf = (word: string): string => word.replace(/(?<=^[a-z]{3,})(?:ing|ed|es|(?<!s)s|e)$/, '');
