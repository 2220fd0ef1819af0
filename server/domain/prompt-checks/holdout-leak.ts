import { caseText, type EvalCase } from '../evaluation-set.ts';
import { comparableText, nearDuplicateFinder } from '../near-duplicates.ts';
import type { PromptContent } from '../prompt.ts';
import { fixedText } from './fixed-text.ts';
import type { PromptCheck } from './prompt-check.ts';

/** Shorter texts stand in a prompt by chance: letters and digits, fewer in Chinese, Japanese and Korean. */
const FEWEST_LETTERS = 16;
const FEWEST_CHARACTERS = 8;
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

type Passage = { message: number; line: number; text: string };

/** Looks for cases among the examples of a prompt: word for word, and changed a little. Made once, asked for each case. */
export function holdoutLeakFinder({
  messages,
}: Pick<PromptContent, 'messages'>): (item: EvalCase) => PromptCheck | null {
  const passages = messages.flatMap((message, index) => passagesOf(fixedText(message), index));
  const lines = messages.flatMap((message, index) =>
    fixedText(message)
      .split('\n')
      .map((text, at) => ({ message: index, line: at + 1, text: comparableText(text) })),
  );
  const whole = messages.map((message) => comparableText(fixedText(message)));
  const near = nearDuplicateFinder(passages.map(({ text }) => text));
  return ({ key, variables }) => {
    const text = longestText(variables);
    const wanted = comparableText(text);
    if (wanted.length < (eastAsian.test(wanted) ? FEWEST_CHARACTERS : FEWEST_LETTERS)) return null;
    const message = whole.findIndex((given) => given.includes(wanted));
    if (message >= 0) {
      const line = lines.find((given) => given.message === message && given.text !== '' && begins(given.text, wanted));
      return { name: 'holdout_exact', level: 'warning', message, line: line?.line ?? null, values: { case: key } };
    }
    const found = near(text);
    const passage = found === null ? undefined : passages[found];
    if (passage === undefined) return null;
    return {
      name: 'holdout_near',
      level: 'warning',
      message: passage.message,
      line: passage.line,
      values: { case: key },
    };
  };
}

/** Whether a text stands in a line, or goes on from its end to the next ones. */
function begins(line: string, text: string): boolean {
  if (line.includes(text)) return true;
  const head = text.slice(0, FEWEST_CHARACTERS);
  const at = line.indexOf(head);
  return at >= 0 && text.startsWith(line.slice(at));
}

/** What a case is told by: the longest of its texts. A language or a date beside it is shared with many cases. */
function longestText(variables: EvalCase['variables']): string {
  const texts = Object.values(variables).filter((value) => typeof value === 'string');
  return texts.reduce(
    (longest, text) => (text.length > longest.length ? text : longest),
    texts[0] ?? caseText(variables),
  );
}

/** The parts of a message that may be an example: the whole, each paragraph and line, a line without what leads to it and its answer, and what is quoted. */
function passagesOf(text: string, message: number): Passage[] {
  const lines = text.split('\n').flatMap((line, index) => {
    const number = index + 1;
    const said = line
      .replace(/^\s*(?:[-*•]|\d+[.)、])?\s*(?:[\p{L} ]{1,20}[:：])?\s*/u, '')
      .replace(/\s*(?:→|=>|->).*$/u, '');
    const quoted = [...line.matchAll(/["“「『]([^"”」』]+)["”」』]/gu)].map(([, inner = '']) => inner);
    return [...new Set([line, said, ...quoted])].map((part) => ({ message, line: number, text: part }));
  });
  const paragraphs = [...text.matchAll(/(?:[^\n]*\S[^\n]*(?:\n|$))+/gu)].map(({ 0: part, index }) => ({
    message,
    line: text.slice(0, index).split('\n').length,
    text: part,
  }));
  return [...lines, ...paragraphs, { message, line: 1, text }].filter((part) => part.text.trim() !== '');
}
