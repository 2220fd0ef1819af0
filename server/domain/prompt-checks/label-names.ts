import type { PromptContent } from '../prompt.ts';
import { fixedText } from './fixed-text.ts';
import type { PromptCheck } from './prompt-check.ts';

/** Labels that an answer may have and no message names: a model that is not held to them by a grammar can't know them. */
export function checkLabelNames({ messages, responseFormat }: PromptContent): PromptCheck[] {
  if (responseFormat.type !== 'labels') return [];
  const text = messages.map(fixedText).join('\n').normalize('NFKC').toLowerCase();
  const unnamed = responseFormat.labels.filter((label) => !names(text, label.normalize('NFKC').toLowerCase()));
  if (unnamed.length === 0) return [];
  const values = { labels: unnamed.join(', '), count: unnamed.length };
  return [{ name: 'label_unnamed', level: 'warning', message: null, line: null, values }];
}

const letter = /[\p{L}\p{N}]/u;
const han = /\p{Script=Han}/u;

/** Whether a text has a label as a word of its own; Chinese has no spaces between words. */
function names(text: string, label: string): boolean {
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + label.length)];
    if (han.test(label) || !(letter.test(before) || letter.test(after))) return true;
  }
  return false;
}
