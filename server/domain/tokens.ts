import type { Message } from './prompt.ts';

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const word = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;

/**
 * An estimate for planning, not a count: a token is ¾ of a word (so 300 words are about 400 tokens), and about one a character
 * in Chinese, Japanese and Korean.
 */
export function estimateTokens(text: string): number {
  const characters = text.match(han)?.length ?? 0;
  const words =
    text
      .replace(han, ' ')
      .match(word)
      ?.filter((part) => /[\p{L}\p{N}]/u.test(part)).length ?? 0;
  return Math.ceil((words * 4) / 3) + characters;
}

export const estimateAllTokens = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + estimateTokens(text), 0);

/** Tokens of rendered messages, with the four that chat formats spend on each message. */
export const estimateMessageTokens = (messages: readonly Message[]): number =>
  messages.reduce((sum, message) => sum + estimateTokens(message.content) + 4, 0);
