import { parseJsonObject } from '../../domain/json.ts';
import type { Message } from '../../domain/prompt.ts';
import { type Example, readFields } from './fields.ts';
import { isInstruction, splitInstructions } from './instruction.ts';

/** What rendered messages say to a model: what to do, how it is done, and what to do it with. */
export type ReadPrompt = { instructions: string; examples: readonly Example[]; text: string };

/**
 * The last user message holds the text to judge; examples stand in any message or are pairs of user and assistant messages. A last message that is the
 * assistant's is no example but the beginning of the answer.
 */
export function readPrompt(messages: readonly Message[]): ReadPrompt {
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  const instructions: string[] = [];
  const examples: Example[] = [];
  let text = '';
  messages.forEach((message, index) => {
    const next = messages[index + 1];
    if (message.role === 'assistant' && next !== undefined) return;
    const read = readMessage(message, lastUser === -1);
    instructions.push(read.instructions);
    examples.push(...read.examples);
    if (index === lastUser) text = read.text;
    else if (next === undefined && read.text !== '') {
      // The beginning holds what is to be judged: all before it tells what to do.
      instructions.push(text);
      text = read.text;
    } else if (message.role === 'user' && next?.role === 'assistant') {
      examples.push({ text: read.text, answer: next.content });
    }
  });
  return {
    instructions: instructions.filter((part) => part.trim() !== '').join('\n'),
    // An empty answer, as of a prompt that is half written, shows no label.
    examples: examples
      .map((example) => ({ text: example.text.trim(), answer: plainAnswer(example.answer) }))
      .filter(({ answer }) => answer !== ''),
    text: text.trim(),
  };
}

function readMessage({ role, content }: Message, hasNoUser: boolean): ReadPrompt {
  if (role === 'system') return readSystemMessage(content);
  return role === 'user' || hasNoUser ? readUserMessage(content) : readBeginning(content);
}

/** "Label:", or all of "Review: … ⏎ Label:", where the text is what the label is for. */
function readBeginning(content: string): ReadPrompt {
  const { instructions, examples, text } = readFields(content);
  const isFollowed = text !== null && !content.trimEnd().endsWith(text.trimEnd());
  return { instructions, examples, text: isFollowed ? text : '' };
}

function readUserMessage(content: string): ReadPrompt {
  const { instructions, examples, text } = readFields(content);
  if (text !== null) return { instructions, examples, text };
  if (examples.length === 0) return { examples, ...splitInstructions(content) };
  const split = splitInstructions(instructions);
  if (split.text.trim() !== '' && !isInstruction(split.text)) return { examples, ...split };
  // What looked like one more example is all that is left to judge.
  return { instructions, examples: examples.slice(0, -1), text: examples.at(-1)?.text ?? '' };
}

function readSystemMessage(content: string): ReadPrompt {
  const { instructions, examples, text } = readFields(content);
  return { instructions: text === null ? instructions : `${instructions}\n${text}`, examples, text: '' };
}

/** The label that an example's answer is: without quotation marks, markdown and full stop, or the first text in its JSON. */
function plainAnswer(answer: string): string {
  const json = parseJsonObject(answer);
  const inJson = json && Object.values(json).find((value) => typeof value === 'string');
  return (inJson ?? answer).trim().replace(/^["'“‘「`*_]+|["'”’」`*_.。]+$/gu, '');
}
