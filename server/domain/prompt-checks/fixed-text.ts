import type { Message } from '../prompt.ts';

const tag = /\{\{\{?[^{}]*\}?\}\}/g;

/** A message without its tags, line by line as it was written: what is the same for every case. */
export const fixedText = ({ content }: Pick<Message, 'content'>): string => content.replace(tag, ' ');

/** The tags of a message with the line on which each begins, from 1. */
export const tagsOf = ({ content }: Pick<Message, 'content'>): { text: string; start: number; line: number }[] =>
  [...content.matchAll(tag)].map(({ 0: text, index: start }) => ({
    text,
    start,
    line: content.slice(0, start).split('\n').length,
  }));
