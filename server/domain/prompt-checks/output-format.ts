import type { PromptContent } from '../prompt.ts';
import { fixedText } from './fixed-text.ts';
import type { PromptCheck } from './prompt-check.ts';

/** Words by which a prompt says how to answer. */
const instruction =
  /\b(answer|reply|respond|response|return|output|write|format|json|yaml|xml|markdown|table|bullet|list|sentences?|words?|paragraphs?|only|exactly)\b|回答|答案|输出|返回|格式|回复|只写|仅|写出|给出|列出|句|字/iu;

/** A free answer whose form is said nowhere: neither as the response format nor in the messages. An answer that the prompt begins itself has its form. */
export function checkOutputFormat({ messages, responseFormat }: PromptContent): PromptCheck[] {
  if (responseFormat.type !== 'text' || messages.at(-1)?.role === 'assistant') return [];
  if (messages.some((message) => instruction.test(fixedText(message)))) return [];
  return [{ name: 'format_unsaid', level: 'warning', message: null, line: null, values: {} }];
}
