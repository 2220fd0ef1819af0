import type { PureScorer } from '../../server/domain/scorer.ts';
import { graded, readLeast, shown } from './shared/least.ts';
import { expectedText, noAnswer, nothingExpected } from './shared/score.ts';

/**
 * F1 of the words of a short answer, as the script of SQuAD (Rajpurkar et al. 2016, https://arxiv.org/abs/1606.05250) counts it: lower case, without
 * punctuation and the articles a, an and the, whatever the order. Chinese counts by character, as in CMRC 2018. Of a list of expected
 * answers the nearest counts.
 */
export const tokenF1: PureScorer = {
  name: 'token-f1',
  description: 'The words that the output shares with the expected answer, as F1, are at least the argument.',
  argument: { needed: true, example: '0.5' },
  usesExpected: () => 'needed',
  prepare(args) {
    const least = readLeast('token-f1', args);
    return ({ output, expected }) => {
      if (expected === null) return nothingExpected;
      const answers = Array.isArray(expected) && expected.length > 0 ? expected : [expected];
      const words = wordsOf(output);
      if (words.length === 0) return noAnswer('The output has no words.');
      const value = Math.max(...answers.map((answer) => f1(words, wordsOf(expectedText(answer) ?? ''))));
      return graded(value, least, output.trim(), `F1 of the words is ${shown(value)}.`);
    };
  },
};

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]/gu, '')
    .replace(/(?<![\p{L}\p{N}])(?:a|an|the)(?![\p{L}\p{N}])/gu, ' ')
    .match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];

/** Each word counts as often as both texts have it. */
function f1(words: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of words) {
    const times = left.get(word) ?? 0;
    if (times === 0) continue;
    left.set(word, times - 1);
    common++;
  }
  return (2 * common) / (words.length + wanted.length);
}
